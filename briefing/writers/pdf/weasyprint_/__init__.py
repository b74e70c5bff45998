"""WeasyPrint as this program uses it. Only this package uses private names of WeasyPrint and pydyf.

``startup`` imports the library, ``engine`` sets it up for one brief, ``boxes`` reads and moves the boxes of finished
pages. ``patches`` replaces parts of the library, with a module for each patch. The version is pinned to ``>=70,<71``,
and a guard checks before the first use that each replaced part is the one that its patch was written for.
"""
