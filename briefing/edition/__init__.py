"""A draft becomes the edition for one audience.

``resolve`` makes the edition. ``visibility`` removes what is internal before anything is set. ``markings`` compares the
classifications of the parts, and ``final`` finds what is still open in a final brief.
"""

from .resolve import Edition, resolve

__all__ = ["Edition", "resolve"]
