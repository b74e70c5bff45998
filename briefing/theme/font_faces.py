"""Read the faces of a theme: font files in the theme's folder, or in an installed font package.

A font file is checked before it is used: whether it can be embedded, and whether its licence allows that.
"""

from __future__ import annotations

import importlib.util
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing.diagnostics import Diagnostic, MachineError, Severity, did_you_mean, listed

from . import Face, ScriptFace
from .folder import is_inside, theme_error

#: The keys of a face that name its font files. The first is required.
_FONT_KEYS = ("roman", "italic", "bold", "bold_italic")
#: The keys that a theme may have for a face, and those that are added when themes are merged: the folder of its font
#: files, and the family of the theme that it extends.
_KEYS = frozenset({"family", "package", "word_fallback", "css_fallback", *_FONT_KEYS})
_INTERNAL_KEYS = frozenset({"folder", "family_below"})

#: The keys that a theme may have for the face of a script.
_SCRIPT_KEYS = frozenset({"family", "package", "install", "roman", "italic", "word_fallback", "css_fallback", "folder"})


def merged_face(below: Mapping[str, Any], over: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """A face merged over that of the theme that it extends. Its own font files replace the whole inherited family.

    The folder of its files is added here. A theme must not set it, because it could name any folder.
    """
    if internal := over.keys() & _INTERNAL_KEYS:
        raise theme_error("theme-face", f"a face has no key '{min(internal)}'", folder / "theme.yaml")
    if not over.keys() & {*_FONT_KEYS, "package"}:
        return {"folder": folder, **below, **over}
    kept = {key: value for key, value in below.items() if key not in {*_FONT_KEYS, "package", "family"}}
    if "family" in below and "family" not in over:
        kept["family_below"] = below["family"]
    return {**kept, **over, "folder": folder}


def face(name: str, tokens: Mapping[str, Any], file: Path, found: list[Diagnostic]) -> Face:
    """A face of the theme; warnings are added to ``found``.

    Raises :class:`SetupError` for names that are not valid in a stylesheet and for font files that are missing, are no
    fonts, or must not be embedded; :class:`MachineError` if a font package is not installed.
    """
    for key in tokens:
        if key not in _KEYS | _INTERNAL_KEYS:
            advice = did_you_mean(str(key), _KEYS) or f"keys are {listed(_KEYS)}"
            raise theme_error("theme-face", f"a face has no key '{key}'", file, advice, ("faces", name, str(key)))
    family, fallback = _names(name, tokens, file)
    root, own = _root(tokens, file), Path(str(tokens.get("folder", file.parent))) / "theme.yaml"
    if root is None:
        message = f"the font package '{tokens.get('package')}' is not installed"
        lack = theme_error("theme-face", message, own, "install the program again", ("faces", name, "package"))
        raise MachineError(*lack.diagnostics)
    if not tokens.get("roman"):
        message = f"the face '{name}' has no roman, its upright font"
        advice = "write roman: and the name of the font file, as fonts/Name-Regular.ttf"
        raise theme_error("theme-face", message, own, advice, ("faces", name))
    cuts = {}
    for cut in _FONT_KEYS:
        if tokens.get(cut):
            cuts[cut] = _font(root, tokens, cut, family, own, ("faces", name))
            _check_font_file(cuts[cut], own, ("faces", name, cut), found)
    if "family_below" in tokens:
        message = f"the face '{name}' has font files of its own, and no name of its own"
        advice = "write family: and the name of the font, as the list of fonts in Word has it"
        raise theme_error("theme-face", message, own, advice, ("faces", name))
    return Face(
        family=family,
        word_fallback=str(tokens.get("word_fallback", "Cambria")),
        css_fallback=fallback,
        roman=cuts["roman"],
        italic=cuts.get("italic", cuts["roman"]),
        bold=cuts.get("bold"),
        bold_italic=cuts.get("bold_italic"),
    )


def _check_font_file(path: Path, own: Path, at: tuple[str, ...], found: list[Diagnostic]) -> None:
    """Raise :class:`SetupError` for a file that is no font or must not be embedded; add warnings to ``found``."""
    fault = font_problem(path)
    if fault is None:
        return
    setup_error = theme_error("theme-font", f"the font file '{path.name}' {fault.words}", own, fault.advice, at)
    if not fault.warning:
        raise setup_error
    found += (replace(diagnostic, severity=Severity.WARNING) for diagnostic in setup_error.diagnostics)


def script_face(script: str, tokens: Mapping[str, Any], file: Path) -> ScriptFace:
    """The face of a script with an ISO 15924 code. Font packages are optional, because they may be large."""
    if not re.fullmatch(r"[A-Z][a-z]{3}", script):
        raise theme_error(
            "theme-face",
            f"'{script}' is not the code of a script",
            file,
            "a script has four letters, as Arab, Hebr, Thai, Jpan (ISO 15924)",
        )
    for key in tokens:
        if key not in _SCRIPT_KEYS | _INTERNAL_KEYS:
            wanted = ", ".join(sorted(_SCRIPT_KEYS - {"folder"}))
            raise theme_error("theme-face", f"the script '{script}' has no key '{key}'", file, f"keys are {wanted}")
    family, fallback = _names(script, tokens, file)
    word = str(tokens.get("word_fallback", "Arial"))
    root = _root(tokens, file)
    if root is None:
        install = str(tokens.get("install") or tokens.get("package"))
        return ScriptFace(family, word, fallback, None, None, f'pip install "{install}"')
    roman = _font(root, tokens, "roman", family, file, ("scripts", script))
    italic = _font(root, tokens, "italic", family, file, ("scripts", script)) if tokens.get("italic") else roman
    return ScriptFace(family, word, fallback, roman, italic)


def _names(name: str, tokens: Mapping[str, Any], file: Path) -> tuple[str, str]:
    """The family and the CSS fallback, without characters that could end a CSS string."""
    family = str(tokens.get("family", name))
    if not re.fullmatch(r"[A-Za-z0-9 _-]+", family):
        raise theme_error(
            "theme-face", f"the family name '{family}' has characters that a stylesheet cannot hold", file
        )
    fallback = str(tokens.get("css_fallback", "serif"))
    if not re.fullmatch(r'[A-Za-z0-9 ,"_-]+', fallback):
        raise theme_error("theme-face", f"css_fallback '{fallback}' is not a list of families", file)
    return family, fallback


#: The folders of font packages by name: one package may have the faces of twenty scripts.
_PACKAGES: dict[str, Path] = {}


def _root(tokens: Mapping[str, Any], file: Path) -> Path | None:
    """The folder of the font files; None if their package is not installed."""
    package = tokens.get("package")
    if not package:
        return Path(str(tokens.get("folder", file.parent)))
    if str(package) not in _PACKAGES:
        found = importlib.util.find_spec(str(package)) if re.fullmatch(r"[a-z][a-z0-9_]*", str(package)) else None
        if found is None or found.origin is None:
            return None  # it may be installed before the next brief
        _PACKAGES[str(package)] = Path(found.origin).parent
    return _PACKAGES[str(package)]


def _font(root: Path, tokens: Mapping[str, Any], cut: str, family: str, file: Path, at: tuple[str, ...]) -> Path:
    path = root / str(tokens.get(cut, ""))
    if not is_inside(path, root) or not path.is_file():
        advice = "put it into the theme's folder, and write its name as fonts/Name-Regular.ttf, with forward slashes"
        if tokens.get("package"):
            advice = "for a font of your own take away the line 'package', which says where the program's fonts are"
        message = f"the font file '{tokens.get(cut, '')}' of '{family}' is not there"
        raise theme_error("theme-face", message, file, advice, (*at, cut))
    return path


#: The first bytes of a TrueType font (two spellings) and of an OpenType font with PostScript outlines.
_FONTS = (b"\x00\x01\x00\x00", b"true", b"OTTO")
_OTHERS = {
    b"wOFF": ("is a web font (WOFF), which no page on paper can hold", "ask its maker for the TTF or OTF"),
    b"wOF2": ("is a web font (WOFF2), which no page on paper can hold", "ask its maker for the TTF or OTF"),
    b"ttcf": ("holds several fonts in one", "save the font that is meant as a TTF or OTF file of its own"),
    b"%!PS": ("is a font of the old Type 1 kind", "ask its maker for the TTF or OTF"),
    b"\x80\x01": ("is a font of the old Type 1 kind", "ask its maker for the TTF or OTF"),
}
_NO_FONT = "give the file of a TrueType or OpenType font: its name ends in .ttf or .otf"
_NEEDED = {b"cmap", b"head", b"hhea", b"hmtx", b"maxp"}
_OUTLINES = {b"glyf", b"CFF ", b"CFF2"}

#: Bits of fsType (OpenType 1.9, table OS/2). If several kinds of licence are set, the least restrictive applies.
_RESTRICTED, _PRINT, _EDIT, _WHOLE, _BITMAPS = 0x0002, 0x0004, 0x0008, 0x0100, 0x0200


@dataclass(frozen=True, slots=True)
class FontProblem:
    """A problem of a font file: the message after its name, and what to do; a warning if the font can be used."""

    words: str
    advice: str
    warning: bool = False


def font_problem(path: Path) -> FontProblem | None:
    """The problem of a font file, which must not be embedded or needs a warning; None if there is none."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            known = next((words for magic, words in _OTHERS.items() if head.startswith(magic)), None)
            if known is not None:
                return FontProblem(*known)
            if len(head) < 12 or head[:4] not in _FONTS:
                return FontProblem("is no font", _NO_FONT)
            count = struct.unpack(">H", head[4:6])[0]
            rows = file.read(16 * count)
            size = path.stat().st_size
            entries = struct.iter_unpack(">4s4xLL", rows[: len(rows) // 16 * 16])
            tables = {tag: (at, length) for tag, at, length in entries}
            complete = len(tables) == count and all(at + length <= size for at, length in tables.values())
            if not complete or not tables.keys() >= _NEEDED:
                return FontProblem("is a broken font: a part of it is missing", "copy the file again")
            if not tables.keys() & _OUTLINES:
                return FontProblem("is a font of pictures, without outlines", "use another cut of it, or another font")
            if b"OS/2" not in tables or tables[b"OS/2"][1] < 10:
                return None
            file.seek(tables[b"OS/2"][0] + 8)
            return _licence(struct.unpack(">H", file.read(2))[0])
    except OSError as error:
        return FontProblem(f"cannot be read: {error.strerror}", "see who may read it, and whether a program holds it")


def _licence(bits: int) -> FontProblem | None:
    advice = "ask its maker for a cut or a licence that allows it, or choose another font"
    if bits & _RESTRICTED and not bits & (_PRINT | _EDIT):
        return FontProblem("says that its licence forbids embedding (fsType 2)", advice)
    if bits & _BITMAPS:
        return FontProblem("says that its licence allows no outlines to be embedded (fsType 512)", advice)
    if bits & _WHOLE:
        return FontProblem(
            "says that it may be embedded only as a whole (fsType 256); the program embeds the letters that are used",
            "ask its maker whether the licence allows that",
            warning=True,
        )
    return None
