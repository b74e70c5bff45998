"""Charts as small SVG drawings in the theme's colours.

The renderer is our own because a brief needs only three kinds of chart, the same bytes in each build, and no engine to
install. A drawing has no styles and no external references. Every colour is an attribute, so that the PDF, the picture
in the Word file and a browser show the same; on a dark screen the CSS of :func:`rules` overrides them.

``numbers`` has a chart's numbers. ``bars`` and ``lines`` lay it out on a ``canvas``, with the ``scale`` of an axis and
the estimated ``text_width`` of labels. ``draw`` writes the SVG, in ``shades`` of the theme's accent colour.
"""

from __future__ import annotations

from .draw import draw
from .numbers import ChartType, Numbers, numbers_of, plain_words
from .shades import rules

__all__ = ["ChartType", "Numbers", "draw", "numbers_of", "plain_words", "rules"]
