"""A content file without its comments: what of it stands in the brief, and nothing that was noted beside it."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["without_comments"]


def without_comments(text: str) -> str:
    """The text of a YAML file that has been read without an error, less its comments.

    A line that holds no more than a comment goes; what is left reads as before. A ``#`` inside a text stays.
    """
    kept, at = [], 0
    for start, end in _comments(text):
        line = text.rfind("\n", 0, start) + 1
        if text[line:start].strip():
            kept.append(text[at:start].rstrip(" \t"))
            at = end
        else:
            kept.append(text[at:line])
            at = min(end + 1, len(text))
    return "".join((*kept, text[at:])).strip("\n") + "\n"


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Where each comment begins and ends: only comments and spaces stand between the tokens of a file."""
    import yaml

    at = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        start, end = token.start_mark.index, token.end_mark.index
        if start > at:
            yield from _in(text, at, start)
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            # The line that opens a block of text is part of its token, and may end in a comment.
            yield from _in(text, start, text.find("\n", start))
        at = max(at, end)


def _in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (start := text.find("#", start, end)) >= 0:
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        yield start, line_end
        start = line_end
