"""A line does not end early because the space after its last word does not fit.

WeasyPrint measures the end of a text with the space after it. If only that space is too wide, and another element
follows, such as the word with a note call, it takes the text for one that cannot be split, and breaks after its first
word, or hyphenates the first long one: a short line stands alone inside the paragraph. A space at the end of a line has
no width in CSS.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from . import line_cache
from .guard import replaced

TARGETS = line_cache.TARGETS
UPSTREAM = "not reported; Kozea/WeasyPrint#1614 is about the same function"
REASON = "a short line may stand alone inside a paragraph"


def apply() -> AbstractContextManager[None]:
    """Keep a text on one line if it fits without the spaces at its end."""
    from weasyprint.text import line_break

    own = line_break.split_first_line

    def split(text: str, style: Any, context: Any, max_width: Any, *sizes: Any, **options: Any) -> Any:
        found = own(text, style, context, max_width, *sizes, **options)
        _, length, resume_at, *_ = found
        if resume_at is None or not text.endswith(" ") or max_width is None or style["white_space"] != "normal":
            return found
        data = text.encode()
        inside_word = not data[:resume_at].endswith(b" ") and not data[resume_at:].startswith(b" ")
        if b" " in data[:length].strip() and not inside_word:  # more than one word: split as it should be
            return found
        _, _, rest, width, *_ = own(text.rstrip(" "), style, context, max_width, *sizes, **options)
        fits = rest is None and width <= max_width
        return own(text, style, context, None, *sizes, **options) if fits else found

    return replaced({f"weasyprint.{module}:split_first_line": split for module in line_cache.MODULES})
