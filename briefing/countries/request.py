"""What a map is to show, and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .own import OwnOutlines


@dataclass(frozen=True, slots=True)
class MapMark:
    """A place that a map of the brief names."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class MapRequest:
    """The content of a map. Width and height are in mm.

    ``of`` has the codes of the countries in the accent colour, ``also`` those in a tint of it. ``name`` gives the name
    of a state by its code, ``capitals`` the names of capitals by the codes of their states, and ``kilometres`` a
    distance, such as "100 km": all in the brief's language. ``dashed`` has the keys of the disputed lines that are
    dashed, or None for the atlas's own choice.
    """

    of: tuple[str, ...]
    name: Callable[[str], str]
    capitals: Mapping[str, str] = field(default_factory=dict)
    kilometres: Callable[[int], str] = "{} km".format
    show: Literal["country", "region"] = "country"
    also: tuple[str, ...] = ()
    marks: tuple[MapMark, ...] = ()
    own: OwnOutlines | None = None
    dashed: frozenset[str] | None = None
    width: float = 46.0
    height: float = 38.0


@dataclass(frozen=True, slots=True)
class MapStyle:
    """The theme's colours as #rrggbb, the font family, and the width of a text of 1 pt (text, semibold) in pt."""

    colours: Mapping[str, str]
    face: str
    text_width: Callable[[str, bool], float]


@dataclass(frozen=True, slots=True)
class Map:
    """A map, its size in mm, and its words, for its alternative text.

    ``dashed`` has the keys of its dashed lines. ``left_out`` has the states without
    an outline, and the capitals and marks without room.
    """

    svg: str
    width: float
    height: float
    own: tuple[str, ...]
    capitals: tuple[str, ...]
    marks: tuple[str, ...]
    neighbours: tuple[str, ...]
    dashed: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def has_dashed_lines(self) -> bool:
        """Whether the map shows a disputed line as such."""
        return bool(self.dashed)
