"""Bytes -> text: UTF-8 with or without a byte order mark, and UTF-16 with one; anything else is refused."""

from __future__ import annotations

import codecs

from briefing.diagnostics import Diagnostic, Span

from .nodes import SPLIT_FILE, split_lines

#: The largest content file, in bytes of UTF-8.
MAX_BYTES = 1_000_000

_SAVE_AS = "save it as UTF-8: in VS Code, click the encoding in the bottom bar and choose 'Save with Encoding'"


def decode(content: bytes, file: str) -> tuple[str, Diagnostic | None]:
    """The text of a file and no diagnostic, or an empty text and a diagnostic."""
    if len(content) > 2 * MAX_BYTES:
        return "", _too_large(file, len(content))
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "", Diagnostic("encoding", f"{file} is saved as UTF-32, which is not read", file=file, help=_SAVE_AS)
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", _not_text(content, file, error)
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return "", _too_large(file, len(content))
    if text[:200].count("\x00") > len(text[:200]) // 4:
        message = f"{file} looks like UTF-16 without a byte order mark, or is not a text file"
        return "", Diagnostic("encoding", message, file=file, help=_SAVE_AS)
    return text, None


def _too_large(file: str, size: int) -> Diagnostic:
    message = f"{file} has {size / 1e6:.1f} MB; a content file may have {MAX_BYTES // 1_000_000} MB"
    return Diagnostic("too-large", message, file=file, help=SPLIT_FILE)


def _not_text(content: bytes, file: str, error: UnicodeDecodeError) -> Diagnostic:
    lines = split_lines(content[: error.start].decode("utf-8", "replace"))
    span = Span(file, len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)
    message = f"{file} is not saved as UTF-8: the character here cannot be read"
    return Diagnostic("encoding", message, span=span, help=_SAVE_AS, file=file)
