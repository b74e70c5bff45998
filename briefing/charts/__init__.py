"""Charts: numbers -> themed SVG, drawn once for all formats."""

from .draw import draw
from .numbers import Numbers, numbers_of

__all__ = ["Numbers", "draw", "numbers_of"]
