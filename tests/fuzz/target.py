"""The invariant of the reader for any bytes, and mutations of valid files.

The corpus is the content files of the project, the difficult files of `tests/fuzz/corpus`, and all cases of `tests/cases`. A
file that breaks the reader belongs in `tests/fuzz/corpus`, where each run reads it again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from briefing.diagnostics import errors
from briefing.reading import read
from tests.support.project import ROOT

CORPUS = ROOT / "tests/fuzz/corpus"
#: Byte sequences with a meaning in YAML, Markdown or our own rules.
TOKENS = [
    b"- ", b": ", b" #", b"\n", b"\n\n", b"  ", b"\t", b"|\n", b">\n", b"'", b'"', b"[", b"]", b"{", b"}", b"&a ", b"*a", b"<<: ", b"!!x ", b"---\n",
    b"...\n", b"? ", b"%", b"@", b"`", b"~", b"\\", b"[@a]", b"[[a]]", b"]{lang=kk}", b"](", b"<b>", b"# ", b"## ", b"***", b"__", b"\xc2\xa0",
    b"\xe2\x80\xa8", b"\x00", b"\x1b", b"\xff", b"\xed\xa0\x80", b"\xef\xbf\xbe", b"\xf0\x9f\x87\xb0", b"\r\n", b"\r", b"\xef\xbb\xbf", b"2024-02-30",
    b"NO", b"1e999", b"pull_quote:", b"table:", b"chart:", b"rows:", b"source: a", b"audience: internal", b"id: a",
]  # fmt: skip


def corpus() -> list[bytes]:
    """All files of the corpus."""
    files = [*sorted(CORPUS.iterdir()), *sorted((ROOT / "content").glob("*.yaml"))]
    cases = [path.read_text("utf-8") for path in sorted((ROOT / "tests/cases").glob("*.md"))]
    # A case is its name, the file, and its messages, separated by lines with a single dot.
    blocks = [block for text in cases for block in re.split(r"^\.\n", text, flags=re.MULTILINE)[1::2]]
    return [path.read_bytes() for path in files] + [block.encode() for block in blocks]


def check(data: bytes) -> None:
    """Assert that the reader returns a brief or errors, each with a code, a message, and a position in the file."""
    reading = read(data, "fuzz.yaml")
    found = reading.diagnostics
    assert (reading.brief is None) == bool(errors(found)), found
    lines = reading.source_map.lines or data.splitlines()
    for told in found:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", told.code), told
        assert told.message, told
        if told.span is not None:
            assert 1 <= told.span.line <= max(len(lines), 1) + 1, told
            assert told.span.column >= 1, told
            assert (told.span.line, told.span.column) <= (told.span.end_line, told.span.end_column), told
        else:
            assert told.file, told
    assert tuple(sorted(found, key=lambda d: d.order)) == found
    assert read(data, "fuzz.yaml").diagnostics == found


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The bytes with one to six small mutations, as typing, an editor or a transfer can make them."""
    out = bytearray(data[:20_000])
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randint(0, len(out)), chance.choice([1, 1, 2, 8, 40])
        match chance.randrange(7):
            case 0:
                out[at : at + length] = b""
            case 1:
                out[at:at] = chance.choice(TOKENS)
            case 2:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                out[at:at] = out[at : at + length] * chance.choice([1, 2, 30])
            case 4:
                lines = out.split(b"\n")
                one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                out = bytearray(b"\n".join(lines))
            case 5:
                lines = out.split(b"\n")
                one = chance.randrange(len(lines))
                lines[one] = b" " * chance.randrange(6) + lines[one].lstrip()
                out = bytearray(b"\n".join(lines))
            case _:
                other_file = chance.choice(others)
                begin = chance.randint(0, len(other_file))
                out[at:at] = other_file[begin : begin + 200]
    return bytes(out)


def rounds(count: int, seed: int) -> Iterator[bytes]:
    """Yield a number of mutations of the corpus, the same ones for the same seed."""
    files, chance = corpus(), random.Random(seed)
    for number in range(count):
        yield mutated(files[number % len(files)], files, chance)
