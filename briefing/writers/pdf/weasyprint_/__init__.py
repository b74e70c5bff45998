"""WeasyPrint as this program uses it. Only this package uses names of WeasyPrint and pydyf that are not public.

``startup`` imports the library, ``engine`` sets it up for one brief, ``boxes`` reads and moves the boxes of finished
pages. ``patches`` holds everything that replaces a part of the library, a module for each patch. The version is pinned
to ``>=70,<71``; each patch checks that what it replaces is what it was written for.
"""
