"""Names of capitals (to be replaced)."""

from __future__ import annotations

from . import atlas


def capital_name(code: str, tag: str) -> str:
    """The name of the capital."""
    from babel import Locale

    entry = atlas.load().capitals.get(code)
    if entry is None:
        return ""
    locale = Locale.parse(tag.replace("-", "_"))
    return str(locale.time_zones.get(entry.zone, {}).get("city") or entry.name) if entry.name else ""
