"""Charts as small SVG drawings in the theme's colours.

The renderer is our own because a brief needs only three kinds of chart, the same bytes in each build, and no engine to
install. A drawing has no styles and no external references. Every colour is an attribute, so that the PDF, the picture
in the Word file and a browser show the same; on a dark screen the CSS of :func:`rules` overrides them.

``numbers`` has a chart's numbers; ``bars``, ``columns`` and ``lines`` lay out, ``draw`` writes.
"""

from __future__ import annotations

from .draw import draw
from .numbers import ChartType, Numbers, numbers_of, plain_words
from .shades import rules

__all__ = ["ChartType", "Numbers", "draw", "numbers_of", "plain_words", "rules"]
