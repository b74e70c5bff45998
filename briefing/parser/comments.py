"""Remove the comments from a content file."""

from __future__ import annotations

from collections.abc import Iterator


def strip_comments(text: str) -> str:
    """The text of a valid YAML file without its comments; the data stay the same.

    Lines with nothing but a comment are removed. A ``#`` inside a text is no comment and stays.
    """
    kept, position = [], 0
    for start, end in _comments(text):
        line = text.rfind("\n", 0, start) + 1
        if text[line:start].strip():
            kept.append(text[position:start].rstrip(" \t"))
            position = end
        else:
            kept.append(text[position:line])
            position = min(end + 1, len(text))
    return "".join((*kept, text[position:])).strip("\n") + "\n"


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The start and end offset of each comment. Between the tokens of a file there are only comments and spaces."""
    import yaml

    position = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        start, end = token.start_mark.index, token.end_mark.index
        if start > position:
            yield from _comments_between(text, position, start)
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            # The token of a block scalar includes its first line, which may end with a comment.
            yield from _comments_between(text, start, text.find("\n", start))
        position = max(position, end)


def _comments_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The start and end offset of each comment between two tokens."""
    while (start := text.find("#", start, end)) >= 0:
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        yield start, line_end
        start = line_end
