"""The sizes of paper that a brief can be printed on."""

from __future__ import annotations

from collections.abc import Mapping

#: Width and height in mm (ISO 216; ANSI/ASME Y14.1).
PAPER_SIZES: Mapping[str, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
