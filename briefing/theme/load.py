"""Load a theme: the tokens in its ``theme.yaml``, merged over those of the theme that it extends.

A project's ``templates/`` is searched before the program's themes. All values are checked here, so that an error of a
designer gives a message with a file name and not a broken page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.diagnostics import Diagnostic, SetupError
from briefing.project import shipped_templates

from . import Fit, Measures, Theme, TypeStyle
from .contrast import weak_colours
from .folder import Labels, read_yaml, stylesheets, templates, theme_error
from .font_faces import face, merged_face, script_face
from .word_template import read_handout

if TYPE_CHECKING:
    from briefing.assets.pictures import Picture

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
        labels=Labels(chain),
        fit=_fit(merged.get("fit", {}), last),
        handout=read_handout(chain),
        scripts={str(key): script_face(str(key), value, last) for key, value in merged.get("scripts", {}).items()},
        logo=_logo(chain),
        flags=_flags(chain),
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
            message = f"the themes {' and '.join([*seen, wanted])} extend each other"
            raise theme_error("theme-circle", message, chain[-1] / "theme.yaml", at=("extends",))
        seen.append(wanted)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", wanted):
            advice = "a theme is named like its folder: letters, digits and hyphens"
            raise SetupError(Diagnostic("unknown-theme", f"'{wanted[:64]}' cannot be the name of a theme", help=advice))
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
        what, advice = (
            f"is not one of the {group}, from 0 to {most} {unit}",
            f"{group} are {', '.join(standard[group])}",
        )
        limits = dict.fromkeys(standard[group], (0.0, most))
        _check_numbers(tokens.get(group, {}), limits, file, group, what, advice, code="theme-measure")
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
            advice = 'write six hexadecimal digits in quotation marks, as in "#1f4e79"'
            raise theme_error("theme-colour", f"the colour '{name}' is '{value}'", file, advice, (part, name))
        colours[name] = value.lower()
    return colours


def _styles(merged: Mapping[str, Any], file: Path) -> dict[str, TypeStyle]:
    kinds = {f.name: _KINDS.get(str(f.type), str) for f in fields(TypeStyle) if f.name != "name"}
    styles = {}
    for name, tokens in merged.get("styles", {}).items():
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            raise theme_error("theme-style", f"'{name}' cannot be the name of a style", file, at=("styles", name))
        for key, value in tokens.items():
            if not isinstance(value, kinds.get(key, ())) or (isinstance(value, bool) and kinds[key] is not bool):
                message, advice = f"the style '{name}' has '{key}: {value}'", f"keys are {', '.join(kinds)}"
                raise theme_error("theme-style", message, file, advice, ("styles", name, str(key)))
        if problem := _style_problem(tokens, merged.get("faces", {})):
            raise theme_error("theme-style", f"the style '{name}' {problem}", file, at=("styles", name))
        styles[name] = TypeStyle(name=name, **tokens)
    return styles


def _style_problem(tokens: Mapping[str, Any], faces: Mapping[str, Any]) -> str:
    """The problem of a type style as a whole, as the end of a sentence; empty if there is none."""
    if not tokens.keys() >= {"face", "size", "leading"}:
        return "needs face, size and leading"
    style = TypeStyle(name="", **tokens)
    if style.colour not in COLOURS or style.face not in faces or style.align not in {"start", "centre", "end"}:
        return "names a face, colour or alignment that the theme lacks"
    sizes = 4 <= style.size <= min(96, style.leading * 1.5) and style.leading <= 144
    return "" if sizes and 100 <= style.weight <= 900 else "has a size, leading or weight out of range"


def _measures(tokens: Mapping[str, Any], file: Path) -> Measures:
    known = sorted(f.name for f in fields(Measures))
    limits = dict.fromkeys(known, (0.0, 300.0))
    advice = f"measures are {', '.join(known)}"
    _check_numbers(tokens, limits, file, "measures", "is not a measure in mm", advice, code="theme-measure")
    return Measures(**{key: float(value) for key, value in tokens.items()})


def _fit(tokens: Mapping[str, Any], file: Path) -> Fit:
    what = "cannot be a limit of how far a brief is tightened"
    advice = "space is a share from 0.3 to 1, text a size from 9.5 pt"
    _check_numbers(tokens, {"space": (0.3, 1.0), "text": (9.5, 24.0)}, file, "fit", what, advice, code="theme-fit")
    return Fit(**{key: float(value) for key, value in tokens.items()})


def _check_numbers(
    tokens: Mapping[str, Any],
    limits: Mapping[str, tuple[float, float]],
    file: Path,
    group: str,
    what: str,
    advice: str,
    *,
    code: str,
) -> None:
    """Raise :class:`SetupError` for a key without limits, and for a value that is no number between them."""
    for key, value in tokens.items():
        low, high = limits.get(key, (1.0, 0.0))
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise theme_error(code, f"'{key}: {value}' {what}", file, advice, (group, str(key)))


def _logo(chain: Sequence[Path]) -> Picture | None:
    """The logo named by the nearest theme of the chain, or None; an empty ``logo:`` removes an inherited one.

    Its name among the pictures of a galley begins with "theme:", which no picture of a brief can have.
    Raises :class:`SetupError` for a file that is missing, is no picture, or has forbidden content.
    """
    for folder in chain:
        file = folder / "theme.yaml"
        tokens = read_yaml(file) if file.is_file() else {}
        if "logo" in tokens:
            logo = _theme_picture(str(tokens["logo"]), file, "the logo", ("logo",)) if tokens["logo"] else None
            return logo and replace(logo, name=f"theme:{logo.name}")
    return None


def _flags(chain: Sequence[Path]) -> dict[str, Picture]:
    """The flags in the folder ``flags`` of each theme, by file name, as in ``flags/NO.svg``; the nearest for each name.

    Raises :class:`SetupError` for a file that is no picture or has forbidden content.
    """
    found: dict[str, Picture] = {}
    for folder in reversed(chain):
        for file in sorted((folder / "flags").glob("??.svg")):
            found[f"flags/{file.name}"] = _theme_picture(
                f"flags/{file.name}", folder / "theme.yaml", f"the flag flags/{file.name}", ()
            )
    return found


def _theme_picture(name: str, file: Path, what: str, at: Sequence[str]) -> Picture:
    # Imported here because listing the themes does not need it.
    from briefing.assets.files import FileRefused, Files
    from briefing.assets.pictures import load_picture

    try:
        return load_picture(name, Files(file.parent, file))
    except FileRefused as refusal:
        message, advice = refusal.message, refusal.advice
        if refusal.code == "file-outside":
            message, advice = f"'{name}' lies outside the theme's folder", "copy the file into the theme's folder"
        advice = advice.replace("relative to the content file", "relative to the theme's folder")
        code = "theme-logo" if at else "theme-flag"
        raise theme_error(code, f"{what} cannot be used: {message}", file, advice, at) from None
