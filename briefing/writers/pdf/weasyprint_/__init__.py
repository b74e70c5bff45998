"""WeasyPrint as this program uses it. Only this package uses private names of WeasyPrint and pydyf.

``startup`` imports the library in less time, ``engine`` sets it up for one brief with the theme's fonts alone,
``boxes`` reads and moves the boxes of finished pages, and ``patches`` replaces parts of the library. The version is
pinned to ``>=70,<71``.
"""
