"""Read the flags: every code of ISO 3166-1, XK and EU, each in its own proportion.

``flags.bin`` has the length of the head (uint32, little-endian), the head (JSON, compressed with zlib), and the flags,
each an SVG compressed alone, in the order of the head. The head has for each code: width, height, whether a part of the
edge is as light as paper, whether the flag is a rectangle, and the number of compressed bytes. The table of the flags
is ``docs/flags.csv``.
"""

from __future__ import annotations

import json
import struct
import zlib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Flag(NamedTuple):
    """A flag as SVG. Its view box is ``0 0 width height``; ids in it begin with ``flag-`` and the code."""

    svg: str
    width: float
    height: float
    #: A part of the edge would be lost on white paper: the page draws a hairline round it.
    has_light_edge: bool
    #: False for Nepal, which has an outline of its own.
    is_rectangle: bool


class _Entry(NamedTuple):
    start: int
    length: int
    width: float
    height: float
    has_light_edge: bool
    is_rectangle: bool


def flag(code: str) -> Flag | None:
    """The flag of a country, or None if there is none for this code."""
    entry = _index().get(code)
    return _read(_data(), entry) if entry else None


def codes() -> tuple[str, ...]:
    """All codes that have a flag."""
    return tuple(_index())


def unpack(data: bytes) -> dict[str, Flag]:
    """All flags of a file."""
    return {code: _read(data, entry) for code, entry in _read_index(data).items()}


def _read(data: bytes, entry: _Entry) -> Flag:
    svg = zlib.decompress(data[entry.start : entry.start + entry.length]).decode()
    return Flag(svg, entry.width, entry.height, entry.has_light_edge, entry.is_rectangle)


def _read_index(data: bytes) -> dict[str, _Entry]:
    start = 4 + struct.unpack_from("<I", data)[0]
    index = {}
    for code, (width, height, light, rectangle, length) in json.loads(zlib.decompress(data[4:start])).items():
        index[code] = _Entry(start, length, width, height, light, rectangle)
        start += length
    return index


@cache
def _data() -> bytes:
    return files("briefing.countries").joinpath("data", "flags.bin").read_bytes()


@cache
def _index() -> dict[str, _Entry]:
    return _read_index(_data())
