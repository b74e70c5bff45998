"""New content files with every useful key explained, and new projects. Both can be built without changes.

The texts are in ``texts/``, the words of a brief in each language in ``words/``. ``brief`` fills them in, ``project``
makes the folder, ``country`` knows names, languages and currencies, ``file_names`` the allowed file names.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic, SetupError
from briefing.galley.locale import capitalised
from briefing.project import PROJECT_FILE

from .brief import Wish, brief_text
from .country import CountryData, country_named, find_country, find_language, unaccented
from .file_names import place_of, taken
from .project import SCHEMAS, Begun, begin_project, find_schema, schema_of, write_new

__all__ = ["SCHEMAS", "Begun", "NewBrief", "begin_all", "begin_brief", "find_schema", "seen_from"]


@dataclass(frozen=True, slots=True)
class NewBrief:
    """The new content file, its schema if that is new too, and the country that it is about, if one was found."""

    path: Path
    schema: Path | None
    country: CountryData | None


def begin_brief(
    project: Path, name: str, day: dt.date, country: str | None, language: str | None, *, meeting: bool, typed: Path
) -> NewBrief:
    """Write ``content/NAME.yaml`` in the project.

    ``day`` is today, ``typed`` the user's current folder. Without a country, the one that has the name of the file is
    used, if there is one. Raises :class:`SetupError` if the name is in use or invalid, or country or language are
    unknown; :class:`~briefing.diagnostics.MachineError` if a file cannot be written.
    """
    *folders, stem = place_of(name)
    path = (project / "content").joinpath(*folders, f"{stem}.yaml")
    if existing := taken(path):
        raise _exists_error(existing, typed)
    defaults = _defaults(project)
    tag = find_language(language or defaults.get("language", "en-GB"))
    code = country or country_named(stem, tag)
    known = find_country(code, tag, day) if code else None
    schema, written = schema_of(project)
    wish = Wish(
        path=seen_from(path, project),
        schema=seen_from(schema, path.parent),
        title=known.name if known else capitalised(re.sub(r"[-_]+", " ", stem).strip(), tag),
        language=tag,
        day=day,
        country=known,
        meeting=meeting,
        defaults=defaults,
    )
    if not write_new(path, brief_text(wish)):
        raise _exists_error(path, typed)
    return NewBrief(path, schema if written else None, known)


def begin_all(
    folder: Path, name: str | None, day: dt.date, country: str | None, language: str | None, *, meeting: bool
) -> tuple[Begun, NewBrief]:
    """Make a folder a project with a first brief; without a name, that is named after its country.

    Raises as :func:`begin_brief` does, and :class:`SetupError` if the folder is a project already. Nothing is written
    if an argument is invalid.
    """
    tag = find_language(language or "en-GB")
    name = name or _name_for(country, day)
    place_of(name)
    if country:
        find_country(country, tag, day)
    begun = begin_project(folder, tag)
    return begun, begin_brief(folder, name, day, country, language, meeting=meeting, typed=folder)


def _name_for(country: str | None, day: dt.date) -> str:
    """The name of the first brief of a project: the English name of its country, or "first-brief"."""
    if country is None:
        return "first-brief"
    return re.sub(r"[^a-z]+", "-", unaccented(find_country(country, "en", day).name.lower())).strip("-")


def _exists_error(path: Path, typed: Path) -> SetupError:
    message = f"{seen_from(path, typed)} is there already; nothing was written"
    return SetupError(Diagnostic("brief-exists", message, help="choose another name, or go on with that one"))


def _defaults(project: Path) -> dict[str, str]:
    """The values of ``briefing.yaml`` that are text; none if it cannot be read. Build and check report its errors."""
    import yaml

    try:
        loaded = yaml.load((project / PROJECT_FILE).read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - it makes only strings
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    pairs = loaded.items() if isinstance(loaded, dict) else ()
    return {key: value for key, value in pairs if isinstance(key, str) and isinstance(value, str) and value}


def seen_from(path: Path, folder: Path) -> str:
    """The path relative to a folder, with forward slashes."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive (Windows)
        return path.as_posix()
