"""Put the country's flag and map into the fact box, as `country_pictures` says."""

from __future__ import annotations

from briefing.model import Brief
from briefing.model.country_map import LocatorMap
from briefing.model.fields import PlainText

_NONE = "none"


def with_country_pictures(brief: Brief) -> Brief:
    """The brief with the flag and the map of its fact box: those that it names, else those of its country."""
    box = brief.fact_box
    if box is None:
        return brief
    picture, own_map = box.picture, box.map
    if brief.flag_file:
        picture = PlainText(brief.flag_file)
    if own_map is None and brief.country is not None and brief.country_pictures == "flag and map":
        own_map = LocatorMap()
    elif own_map is not None and own_map.file == _NONE:
        own_map = None
    return brief.replace(fact_box=box.replace(picture=None if picture == _NONE else picture, map=own_map))
