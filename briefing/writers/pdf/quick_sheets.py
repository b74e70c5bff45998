"""WeasyPrint's own stylesheets, parsed as far as a brief needs them: while the library is imported, none of them.

They take a third of its import. One is for documents whose looks stand in attributes, one for forms, and half of the
main one tells how to count in Thai, Tamil and forty other ways: each is parsed when it is asked for.

This is a way through the inside of one version; with any other it raises ImportError, and the library starts as ever.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from .fetcher import make_fetcher

__all__ = ["no_sheets"]

VERSION = "70.0"
#: A way to count, with its name.
_COUNTER = re.compile(r"@counter-style\s+([\w-]+)\s*\{[^{}]*\}")
#: What lists have without being told, and what the library falls back on.
_USUAL = frozenset({"disc", "circle", "square", "decimal"})


@contextmanager
def no_sheets() -> Iterator[None]:
    """Have the library find its stylesheets empty while it is imported, and get them when it looks for them later."""
    import tinycss2

    own = tinycss2.parse_stylesheet
    tinycss2.parse_stylesheet = lambda *_: []
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = own
    library: Any = sys.modules["weasyprint"]
    if library.VERSION != VERSION:
        raise ImportError(f"WeasyPrint {library.VERSION}")
    library.HTML._ua_stylesheets = lambda _, forms=False: [_sheet("UA"), *([_sheet("UA_FORM")] if forms else [])]  # noqa: SLF001 - the lever is in there
    library.HTML._ph_stylesheets = lambda _: [_sheet("PH")]  # noqa: SLF001
    library.HTML._ua_counter_style = lambda _: []  # noqa: SLF001 - they are in the counters
    library.document.CounterStyle = _counters()


@cache
def _sheet(name: str) -> Any:
    from weasyprint import CSS, html

    return CSS(string=_COUNTER.sub("", getattr(html, name)), url_fetcher=make_fetcher({}))


@cache
def _counting(*, usual: bool) -> dict[str, Any]:
    """How to count, by the name of the way: the usual ones, or all the others."""
    from weasyprint import CSS, html

    ways: dict[str, Any] = {}
    told = (found[0] for found in _COUNTER.finditer(html.UA) if (found[1] in _USUAL) == usual)
    CSS(string="".join(told), counter_style=ways, url_fetcher=make_fetcher({}))
    return ways


def _counters() -> type:
    from weasyprint.css.counters import CounterStyle

    class Counters(CounterStyle):  # type: ignore[misc]
        """The ways to count of one document; the unusual ones are there when one of them is looked for."""

        def __init__(self) -> None:
            super().__init__(_counting(usual=True))

        def __contains__(self, name: object) -> bool:
            return super().__contains__(name) or name in _counting(usual=False)

        def __missing__(self, name: str) -> Any:
            return _counting(usual=False)[name]

    return Counters
