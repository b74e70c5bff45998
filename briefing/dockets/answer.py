"""The quick answer: a call that was made before, of which nothing has changed, is answered from the book alone."""

from __future__ import annotations

import os
import sys
import time

from .book import BOOK, FOLDER, Book
from .looks import above

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

__all__ = ["answer", "call_key", "screen_of"]

#: What the program itself puts between the words on a screen with colours.
COLOURS = ("\x1b[1;31m", "\x1b[1;33m", "\x1b[34m", "\x1b[1m", "\x1b[0m")


def answer(arguments: Sequence[str]) -> int | None:
    """Say what the last build had to say, and hand back its exit code; None when the call has to be looked at.

    That is so when anything at all is in doubt: whatever goes wrong here goes right, or is told, in a build.
    """
    if arguments[:1] != ["build"] or "--force" in arguments:
        return None
    try:
        return _answer(arguments)
    except Exception:  # noqa: BLE001 - see above
        return None


def call_key(arguments: Sequence[str]) -> str:
    """The name of a call: the folder that it is made in, and its exact arguments."""
    return "\x1f".join((os.getcwd(), *arguments))


def _answer(arguments: Sequence[str]) -> int | None:
    key = call_key(arguments)
    for root in _roots(arguments):
        book = Book(root, time.strftime("%Y-%m-%d"))
        if book.call_holds(key):
            code = _say(book.calls[key])
            if code is not None and book.looks.renewed:
                book.write()
            return code
    return None


def _roots(arguments: Sequence[str]) -> Iterator[str]:
    """The folders with a book, around the current one and around each path that is named."""
    starts = (os.getcwd(), *(argument for argument in arguments[1:] if os.path.exists(argument)))
    for root in dict.fromkeys(folder for start in starts for folder in above(start)):
        if os.path.isfile(os.path.join(root, FOLDER, BOOK)):
            yield root


def _say(call: dict[str, Any]) -> int | None:
    """Show what a call has to say, on a screen like the one that it was meant for."""
    channels: tuple[Any, Any] = (sys.stderr, sys.stdout)
    code = call["code"]
    if None in channels or call["screen"] != screen_of(sys.stderr) or type(code) is not int:
        return None
    if not (_plain(call["out"]) and _plain(call["err"])):
        return None
    for stream, words in zip(channels, (call["err"], call["out"]), strict=True):
        if words:
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
            stream.write(words)
            stream.flush()
    return code


def _plain(words: str) -> bool:
    """Whether the words hold nothing that would move a terminal's cursor or turn its writing round."""
    for colour in COLOURS:
        words = words.replace(colour, "")
    return all(line.isprintable() for line in words.replace("\xa0", " ").split("\n"))


def screen_of(stream: Any) -> list[str]:
    """What decides on colours: whether it is a terminal, and what the environment says of it."""
    said = (os.environ.get(name, "") for name in ("NO_COLOR", "TERM", "WT_SESSION", "TERM_PROGRAM", "ANSICON"))
    return ["terminal", *said] if stream.isatty() else []
