"""What the program draws from the code of the country: the flag and the map of the masthead."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import Brief

_NONE = "none"


@dataclass(frozen=True, slots=True)
class CountryPictures:
    """The name of the flag's file (empty: no flag), and whether the masthead has a map."""

    flag: str = ""
    map: bool = False


def country_pictures(brief: Brief) -> CountryPictures:
    """The pictures of the masthead. A picture that the brief names for its fact box takes their place."""
    box_map = brief.fact_box.map if brief.fact_box is not None else None
    wanted = brief.country is not None and brief.country_pictures == "flag and map"
    return CountryPictures(brief.flag_file, map=wanted and box_map is None)


def without_none(brief: Brief) -> Brief:
    """The brief without the pictures of its fact box that are left out by the word none."""
    box = brief.fact_box
    if box is None:
        return brief
    picture = None if box.picture == _NONE else box.picture
    own_map = None if box.map is not None and box.map.file == _NONE else box.map
    return brief.replace(fact_box=box.replace(picture=picture, map=own_map))
