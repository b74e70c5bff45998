"""Load a theme: the tokens in its ``theme.yaml``, merged over those of the theme that it extends.

A project's ``templates/`` is searched before the program's themes. All values are checked here, so that an error of a
designer gives a message with a file name and not a broken page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from briefing.diagnostics import Diagnostic, SetupError
from briefing.project import shipped_templates

from . import Fit, Measures, Theme, TypeStyle
from .contrast import weak_colours
from .folder import labels, read_yaml, stylesheets, templates, theme_error
from .font_faces import face, merged_face, script_face
from .logo import read_logo
from .word_template import read_handout

COLOURS = ("ink", "muted", "accent", "tint", "marking", "rule", "paper", "on_accent")
KEYS = {
    *("name", "description", "extends", "logo"),
    *("colours", "dark", "faces", "scripts", "measures", "styles", "options", "fit", "indents", "spaces", "rules"),
}
#: The lengths of blocks, whose names are those in the theme standard: their unit, and the greatest value.
LENGTHS = {"indents": ("mm", 100), "spaces": ("pt", 100), "rules": ("pt", 6)}
OPTIONS = {"boundary_note", "embed_fonts", "side_column", "watermark"}
_KINDS: dict[str, type | tuple[type, ...]] = {"float": (int, float), "int": int, "bool": bool}


def list_themes(folders: Sequence[Path]) -> tuple[tuple[str, str, Path], ...]:
    """All themes in the folders and in the program, as (name, description, folder), sorted by name.

    A project's theme hides a shipped one of the same name.
    """
    found: dict[str, tuple[str, str, Path]] = {}
    for root in (*folders, shipped_templates()):
        for file in sorted(root.glob("*/theme.yaml")):
            name = file.parent.name
            if name not in found:
                found[name] = (name, str(read_yaml(file).get("description", "")), file.parent)
    return tuple(found[name] for name in sorted(found))


def load_theme(name: str, folders: Sequence[Path] = ()) -> Theme:
    """The theme with this name, merged over all themes that it extends.

    ``folders`` are the project's template folders, which are searched before the shipped themes. A folder in them with
    the name of a shipped theme but without ``theme.yaml`` overrides only templates. Raises :class:`SetupError`.
    """
    chain = _parents(name, tuple(folders))
    standard = read_yaml(shipped_templates() / "standard" / "theme.yaml")
    merged: dict[str, Any] = {group: standard[group] for group in LENGTHS}
    for file in reversed([folder / "theme.yaml" for folder in chain if (folder / "theme.yaml").is_file()]):
        merged = _merge(merged, _check(read_yaml(file), file, standard), file.parent)
    last = chain[0] / "theme.yaml"
    found: list[Diagnostic] = []
    theme = Theme(
        name=name,
        description=str(merged.get("description", "")),
        colours=_colours(merged.get("colours", {}), last, "colours"),
        dark=_colours(merged.get("dark", {}), last, "dark"),
        faces={key: face(key, value, last, found) for key, value in merged.get("faces", {}).items()},
        styles=_styles(merged, last),
        measures=_measures(merged.get("measures", {}), last),
        options={key: str(value) for key, value in merged.get("options", {}).items()},
        print_css=stylesheets(chain, "print.css"),
        screen_css=stylesheets(chain, "screen.css"),
        folders=chain,
        templates=templates(chain, tuple(folders)),
        labels=labels(chain),
        fit=_fit(merged.get("fit", {}), last),
        handout=read_handout(chain),
        scripts={str(key): script_face(str(key), value, last) for key, value in merged.get("scripts", {}).items()},
        logo=read_logo(chain),
        indents=merged["indents"],
        spaces=merged["spaces"],
        rules=merged["rules"],
    )
    return replace(theme, diagnostics=(*found, *weak_colours(theme)))


def _parents(name: str, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders of the theme and of those that it extends, nearest first. One name may have several folders."""
    chain: list[Path] = []
    wanted: str | None = name
    seen: list[str] = []
    while wanted is not None:
        if wanted in seen:
            raise theme_error(
                "theme-circle",
                f"the themes {' and '.join([*seen, wanted])} extend each other",
                chain[-1] / "theme.yaml",
                at=("extends",),
            )
        seen.append(wanted)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", wanted):
            raise SetupError(
                Diagnostic(
                    "unknown-theme",
                    f"'{wanted[:64]}' cannot be the name of a theme",
                    help="a theme is named like its folder: letters, digits and hyphens",
                )
            )
        # In a checkout of the program the project's own folder is that of the shipped themes: it counts once.
        roots = {(root / wanted).resolve(): root / wanted for root in (shipped_templates(), *reversed(folders))}
        here = [folder for folder in reversed(roots.values()) if folder.is_dir()]
        settings = next((folder / "theme.yaml" for folder in here if (folder / "theme.yaml").is_file()), None)
        if settings is None:
            names = ", ".join(theme for theme, _, _ in list_themes(folders))
            raise SetupError(Diagnostic("unknown-theme", f"there is no theme '{wanted}'", help=f"themes are: {names}"))
        chain.extend(here)
        extends = read_yaml(settings).get("extends")
        wanted = None if extends in (None, "") else str(extends)
    return tuple(chain)


def _check(tokens: dict[str, Any], file: Path, standard: Mapping[str, Any]) -> dict[str, Any]:
    for key in tokens:
        if key not in KEYS:
            raise theme_error(
                "theme-key", f"a theme has no key '{key}'", file, f"keys are {', '.join(sorted(KEYS))}", (str(key),)
            )
    for key in ("colours", "dark", "faces", "measures", "styles", "options", "fit", "scripts", *LENGTHS):
        if not isinstance(tokens.get(key, {}), dict):
            raise theme_error("theme-key", f"'{key}' should hold keys and values", file, at=(key,))
    for key in tokens.get("options", {}):
        if key not in OPTIONS:
            advice = f"options are {', '.join(sorted(OPTIONS))}"
            raise theme_error("theme-key", f"a theme has no option '{key}'", file, advice, ("options", str(key)))
    for group, (unit, most) in LENGTHS.items():
        for key, value in tokens.get(group, {}).items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if key not in standard[group] or not number or not 0 <= value <= most:
                message = f"'{key}: {value}' is not one of the {group}, from 0 to {most} {unit}"
                raise theme_error(
                    "theme-measure", message, file, f"{group} are {', '.join(standard[group])}", (group, str(key))
                )
    return tokens


def _merge(under: dict[str, Any], over: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The tokens of one theme merged over those of another, two levels deep; a face keeps the folder of its files."""
    merged = dict(under)
    for key, value in over.items():
        if key in {"styles", "faces", "scripts"}:
            entries = dict(merged.get(key, {}))
            for name, entry in value.items():
                if not isinstance(entry, dict):
                    message = f"'{key}: {name}' should hold keys and values"
                    raise theme_error("theme-key", message, folder / "theme.yaml", at=(key, str(name)))
                below = entries.get(str(name), {})
                entries[str(name)] = {**below, **entry} if key == "styles" else merged_face(below, entry, folder)
            merged[key] = entries
        elif isinstance(value, dict):
            merged[key] = {**merged.get(key, {}), **{str(k): v for k, v in value.items()}}
        else:
            merged[key] = value
    return merged


def _colours(tokens: Mapping[str, Any], file: Path, part: str) -> dict[str, str]:
    colours: dict[str, str] = {}
    for name in COLOURS:
        value = str(tokens.get(name, ""))
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise theme_error(
                "theme-colour",
                f"the colour '{name}' is '{value}'",
                file,
                'write six hexadecimal digits in quotation marks, as in "#1f4e79"',
                (part, name),
            )
        colours[name] = value.lower()
    return colours


def _styles(merged: Mapping[str, Any], file: Path) -> dict[str, TypeStyle]:
    known = {f.name: f for f in fields(TypeStyle)}
    styles = {}
    for name, tokens in merged.get("styles", {}).items():
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            raise theme_error("theme-style", f"'{name}' cannot be the name of a style", file, at=("styles", name))
        for key, value in tokens.items():
            kind = known[key].type if key in known and key != "name" else None
            wanted: type | tuple[type, ...] = _KINDS.get(str(kind), str)
            if kind is None or not isinstance(value, wanted) or (isinstance(value, bool) and kind != "bool"):
                raise theme_error(
                    "theme-style",
                    f"the style '{name}' has '{key}: {value}'",
                    file,
                    "keys are " + ", ".join(k for k in known if k != "name"),
                    ("styles", name, str(key)),
                )
        try:
            style = TypeStyle(name=name, **tokens)
        except TypeError:
            message = f"the style '{name}' needs face, size and leading"
            raise theme_error("theme-style", message, file, at=("styles", name)) from None
        if (
            style.colour not in COLOURS
            or style.face not in merged.get("faces", {})
            or style.align not in {"start", "centre", "end"}
        ):
            message = f"the style '{name}' names a face, colour or alignment that the theme lacks"
            raise theme_error("theme-style", message, file, at=("styles", name))
        if not (
            4 <= style.size <= 96
            and style.size <= style.leading * 1.5
            and style.leading <= 144
            and 100 <= style.weight <= 900
        ):
            message = f"the style '{name}' has a size, leading or weight out of range"
            raise theme_error("theme-style", message, file, at=("styles", name))
        styles[name] = style
    return styles


def _measures(tokens: Mapping[str, Any], file: Path) -> Measures:
    known = {f.name for f in fields(Measures)}
    for key, value in tokens.items():
        if key not in known or not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 300:
            raise theme_error(
                "theme-measure",
                f"'{key}: {value}' is not a measure in mm",
                file,
                f"measures are {', '.join(sorted(known))}",
                ("measures", str(key)),
            )
    return Measures(**{key: float(value) for key, value in tokens.items()})


def _fit(tokens: Mapping[str, Any], file: Path) -> Fit:
    ranges = {"space": (0.3, 1.0), "text": (9.5, 24.0)}
    for key, value in tokens.items():
        low, high = ranges.get(key, (1.0, 0.0))
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise theme_error(
                "theme-fit",
                f"'{key}: {value}' cannot be a limit of how far a brief is tightened",
                file,
                "space is a share from 0.3 to 1, text a size from 9.5 pt",
                ("fit", str(key)),
            )
    return Fit(**{key: float(value) for key, value in tokens.items()})
