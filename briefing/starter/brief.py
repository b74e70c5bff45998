"""The text of a new content file: every useful key, explained, with known facts about the country."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from .country import CountryData

HERE = Path(__file__).parent
IN_ENGLISH = "  ## The names of facts and sections are English: put them into the brief's language.\n"
#: Texts that are safe in YAML without quotation marks, and the words among them that it reads as a boolean or null.
PLAIN = re.compile(r"[^\W\d_][\w ,.()’'-]*[\w)]")
KEYWORDS = re.compile("yes|no|on|off|true|false|null", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """The data of a new brief.

    ``path`` is relative to the project, ``schema`` to the folder of the brief. ``defaults`` are the values of the
    project's ``briefing.yaml``, which are not repeated.
    """

    path: str
    schema: str
    title: str
    language: str
    day: dt.date
    country: CountryData | None = None
    meeting: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)


def brief_text(wish: Wish) -> str:
    """The text of the content file: comments in English, printed words in the brief's language if we have them."""
    words = words_of(wish.language)
    country, year = wish.country, str(wish.day.year)
    cldr = {"languages": country.languages, "currency": country.currency} if country else {}
    known = cldr | {"capital": country.capital} if country else {}
    facts = "".join(
        text_of(
            "fact.yaml",
            label=words[key],
            value=quoted(known.get(key) or "TODO"),
            year=year,
            source="cldr" if cldr.get(key) else "source-1",
        )
        for key in ("capital", "area", "population", "head_of_state", "languages", "currency")
    )
    meeting_day = wish.day + dt.timedelta(days=14)
    return text_of(
        "brief.yaml",
        schema=wish.schema,
        path=wish.path,
        series=_unless_default("series", words["series"], wish),
        title=quoted(wish.title, always=True),
        country=f"country: {country.code}" if country else "# country: NO",
        language=wish.language,
        day=wish.day.isoformat(),
        review=(wish.day + dt.timedelta(days=182)).isoformat(),
        english="" if _words(wish.language) else IN_ENGLISH,
        facts=facts,
        **{key: words[key] for key in ("politics", "economy", "relations")},
        meetings=text_of("meeting.yaml" if wish.meeting else "no_meeting.yaml", meeting_day=meeting_day.isoformat()),
        sources=_cldr() if any(cldr.values()) else "",
    )


def words_of(language: str) -> Mapping[str, str]:
    """The printed words of a new brief by their keys, in its language if we have them, else in English."""
    return _words(language) or _words("en")


def text_of(name: str, **values: str) -> str:
    """A text of the folder ``texts``, with its placeholders replaced by the values."""
    return Template((HERE / "texts" / f"{name}.txt").read_text("utf-8")).substitute(values)


def quoted(text: str, *, always: bool = False) -> str:
    """The text as a YAML scalar: plain if that is safe, else in quotation marks."""
    is_plain = PLAIN.fullmatch(text) and not KEYWORDS.fullmatch(text)
    return text if is_plain and not always else json.dumps(text, ensure_ascii=False)


@cache
def _words(language: str) -> Mapping[str, str]:
    import yaml

    file = HERE / "words" / f"{language.split('-', maxsplit=1)[0]}.yaml"
    loaded: Any = yaml.safe_load(file.read_text("utf-8")) if file.is_file() else {}
    return {str(key): str(value) for key, value in loaded.items()}


def _unless_default(key: str, value: str, wish: Wish) -> str:
    if key in wish.defaults and wish.language == wish.defaults.get("language", wish.language):
        return f"## It stands in briefing.yaml, for all briefs.\n# {key}: {value}"
    return f"{key}: {quoted(value)}"


def _cldr() -> str:
    """The source of the facts about the country: CLDR, with its version if Babel gives it."""
    from babel import core

    get_version = getattr(core, "get_cldr_version", None)
    version = f", version {get_version()}" if get_version else ""
    return (
        "  ## Where the languages and the currency come from. See whether your ministry says the same.\n"
        f"  cldr: Unicode Consortium, *Common Locale Data Repository*{version}\n"
    )
