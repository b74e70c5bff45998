"""WeasyPrint as this program uses it. Only this package uses private names of WeasyPrint and pydyf.

``startup`` imports the library in less time, ``engine`` sets it up for one brief with the theme's fonts alone,
``boxes`` reads and moves the boxes of finished pages. ``patches`` replaces parts of the library, with a module for
each patch: ``tags``, ``actual_text`` and ``svg_text`` correct the output; ``xml_parser``, ``style_values``,
``empty_line_height`` and ``line_cache`` save time. The version is pinned to ``>=70,<71``. ``guard`` checks before the
first use that each replaced part is the one that its patch was written for, and ``tests/canaries`` that each patch is
still needed.
"""
