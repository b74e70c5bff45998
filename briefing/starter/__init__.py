"""The beginning: a content file with every useful key explained, and a project around it. Both build at once.

The texts are in ``texts/``, the words of a brief in each language in ``words/``. ``brief`` fills them in, ``project``
makes the folder, ``country`` knows names, languages and currencies, ``names`` the allowed file names.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic, SetupError
from briefing.project import PROJECT_FILE

from .brief import Wish, brief_text
from .country import Country, country_named, find_country, find_language
from .files import SCHEMAS, find_schema, schema_of, write_new
from .names import place_of, taken
from .project import Begun, begin_project

__all__ = [
    "SCHEMAS",
    "Begun",
    "NewBrief",
    "begin_all",
    "begin_brief",
    "find_schema",
    "seen_from",
]


@dataclass(frozen=True, slots=True)
class NewBrief:
    """A content file that has been written, the schema where that is new too, and the country that was understood."""

    path: Path
    schema: Path | None
    country: Country | None


def begin_brief(
    project: Path, name: str, day: dt.date, country: str | None, language: str | None, *, meeting: bool, typed: Path
) -> NewBrief:
    """Write ``content/NAME.yaml`` in the project.

    ``day`` is today, ``typed`` the folder that the user stands in. Without a country, one that is called as the file
    is taken. Raises :class:`SetupError` for a name that is taken or cannot be one, and where country or language are
    unknown; :class:`~briefing.diagnostics.MachineError` where nothing can be written.
    """
    place = place_of(name)
    path = (project / "content").joinpath(*place[:-1], f"{place[-1]}.yaml")
    there = taken(path)
    if there is not None:
        raise _there(there, typed)
    defaults = _defaults(project)
    tongue = find_language(language or defaults.get("language", "en-GB"))
    code = country or country_named(place[-1], tongue)
    known = find_country(code, tongue, day) if code else None
    schema, written = schema_of(project)
    wish = Wish(
        path=seen_from(path, project),
        schema=seen_from(schema, path.parent),
        title=known.name if known else _title(place[-1]),
        language=tongue,
        day=day,
        country=known,
        meeting=meeting,
        defaults=defaults,
    )
    if not write_new(path, brief_text(wish)):
        raise _there(path, typed)
    return NewBrief(path, schema if written else None, known)


def begin_all(
    folder: Path, name: str | None, day: dt.date, country: str | None, language: str | None, *, meeting: bool
) -> tuple[Begun, NewBrief]:
    """Make a folder a project with a first brief, which is called like its country where it has no name.

    Raises as :func:`begin_brief` does, and :class:`SetupError` where there is a project already; a wrong call writes
    nothing.
    """
    tongue = find_language(language or "en-GB")
    name = name or _name_for(country, day)
    place_of(name)
    if country:
        find_country(country, tongue, day)
    begun = begin_project(folder, tongue)
    return begun, begin_brief(folder, name, day, country, language, meeting=meeting, typed=folder)


def _name_for(country: str | None, day: dt.date) -> str:
    """The name of the first brief in a new project: that of its country, in English."""
    if country is None:
        return "first-brief"
    return re.sub(r"[^a-z]+", "-", _unaccented(find_country(country, "en", day).name.lower())).strip("-")


def _unaccented(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _there(path: Path, typed: Path) -> SetupError:
    message = f"{seen_from(path, typed)} is there already; nothing was written"
    return SetupError(Diagnostic("brief-exists", message, help="choose another name, or go on with that one"))


def _title(stem: str) -> str:
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def _defaults(project: Path) -> dict[str, str]:
    """The plain values of ``briefing.yaml``. What is wrong with it is told by build and check, not here."""
    import yaml

    try:
        loaded = yaml.load((project / PROJECT_FILE).read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - it makes strings alone
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    pairs = loaded.items() if isinstance(loaded, dict) else ()
    return {key: value for key, value in pairs if isinstance(key, str) and isinstance(value, str) and value}


def seen_from(path: Path, folder: Path) -> str:
    """The path as somebody in the folder would type it, with forward slashes."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive of Windows
        return path.as_posix()
