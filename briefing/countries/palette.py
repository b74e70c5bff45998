"""The colours of a map, from those of a theme."""

from __future__ import annotations

from collections.abc import Mapping


def palette(colours: Mapping[str, str]) -> dict[str, str]:
    """The colour of each part of a map. ``colours`` has ink, muted, accent, on_accent, tint, rule and paper.

    Borders have the colour of the paper. If other land is almost as light, they have that of rules.
    """
    land = _mix(colours["rule"], colours["paper"], 0.45)
    return {
        "sea": colours["tint"],
        "land": land,
        "own": colours["accent"],
        "also": _mix(colours["accent"], colours["paper"], 0.6),
        "border": colours["paper"] if _difference(land, colours["paper"]) > 25 else colours["rule"],
        "globe": colours["paper"],
        "globe-land": _mix(colours["rule"], colours["paper"], 0.25),
        "globe-edge": colours["rule"],
        "sign": colours["ink"],
        "plate": colours["paper"],
        "name": colours["ink"],
        "on-own": colours["on_accent"],
        "tick": colours["muted"],
    }


def map_rules(colours: Mapping[str, str]) -> str:
    """CSS that gives all maps of a page other colours, for ``@media (prefers-color-scheme: dark)``."""
    found = palette(colours)
    css = [f".map-{part}{{fill:{found[part]}}}" for part in ("sea", "plate", "name", "on-own", "tick", "globe-land")]
    css += [f".map-{part}{{fill:{found[part]};stroke:{found[part]}}}" for part in ("land", "also", "own")]
    css += [
        f".map-border{{stroke:{found['border']}}}",
        f".map-ring{{stroke:{found['own']}}}",
        f".map-scale{{stroke:{found['tick']}}}",
        f".map-globe{{fill:{found['globe']};stroke:{found['globe-edge']}}}",
        f".map-dot{{fill:{found['plate']};stroke:{found['sign']}}}",
        f".map-mark{{fill:{found['sign']};stroke:{found['plate']}}}",
    ]
    return "\n".join(css) + "\n"


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _difference(one: str, other: str) -> float:
    """The mean difference of the three parts, from 0 to 255."""
    return sum(abs(a - b) for a, b in zip(_parts(one), _parts(other), strict=True)) / 3


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
