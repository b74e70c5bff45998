"""Numbers to pictures: a chart's numbers drawn as a small SVG in the theme's colours.

The renderer is ours because a brief needs three kinds of chart, the same bytes each time, and no engine to install. A
drawing carries no styles and no outside references: every colour is an attribute, so that the PDF, the picture in the
Word file and a browser show the same; on a dark screen the rules of :func:`rules` take over.

``numbers`` has a chart's numbers; ``bars``, ``columns`` and ``lines`` lay out, ``draw`` writes.
"""

from __future__ import annotations

from .draw import draw
from .numbers import ChartType, Numbers, numbers_of, plain_words
from .paint import rules

__all__ = ["ChartType", "Numbers", "draw", "numbers_of", "plain_words", "rules"]
