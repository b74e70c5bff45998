"""The faces of a theme, read: font files in the theme's own folder, or in a font package that is installed."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import Face, ScriptFace
from .folder import slip

__all__ = ["face", "script_face"]

#: What a theme may say of a face, and of the face of a script.
_SCRIPT_KEYS = frozenset({"family", "package", "install", "roman", "italic", "word_fallback", "css_fallback", "folder"})


def face(name: str, tokens: Mapping[str, Any], file: Path) -> Face:
    """A face of the theme. Raises :class:`SetupError` where a font file or its package is not there."""
    family, fallback = _names(name, tokens, file)
    root = _root(tokens, file)
    if root is None:
        raise slip(
            "theme-face",
            f"the font package '{tokens.get('package')}' is not installed",
            file,
            "install the program again",
        )
    roman, italic = _font(root, tokens, "roman", family, file), _font(root, tokens, "italic", family, file)
    return Face(family, str(tokens.get("word_fallback", "Cambria")), fallback, roman, italic)


def script_face(script: str, tokens: Mapping[str, Any], file: Path) -> ScriptFace:
    """The face of a script, by its ISO 15924 code. A package that is not installed is no mistake: it may be large."""
    if not re.fullmatch(r"[A-Z][a-z]{3}", script):
        raise slip(
            "theme-face",
            f"'{script}' is not the code of a script",
            file,
            "a script has four letters, as Arab, Hebr, Thai, Jpan (ISO 15924)",
        )
    for key in tokens:
        if key not in _SCRIPT_KEYS:
            wanted = ", ".join(sorted(_SCRIPT_KEYS - {"folder"}))
            raise slip("theme-face", f"the script '{script}' has no key '{key}'", file, f"keys are {wanted}")
    family, fallback = _names(script, tokens, file)
    word = str(tokens.get("word_fallback", "Arial"))
    root = _root(tokens, file)
    if root is None:
        install = str(tokens.get("install") or tokens.get("package"))
        return ScriptFace(family, word, fallback, None, None, f'pip install "{install}"')
    roman = _font(root, tokens, "roman", family, file)
    italic = _font(root, tokens, "italic", family, file) if tokens.get("italic") else roman
    return ScriptFace(family, word, fallback, roman, italic)


def _names(name: str, tokens: Mapping[str, Any], file: Path) -> tuple[str, str]:
    """The family, and what a browser falls back to; neither may end the string that it stands in."""
    family = str(tokens.get("family", name))
    if not re.fullmatch(r"[A-Za-z0-9 _-]+", family):
        raise slip("theme-face", f"the family name '{family}' has characters that a stylesheet cannot hold", file)
    fallback = str(tokens.get("css_fallback", "serif"))
    if not re.fullmatch(r'[A-Za-z0-9 ,"_-]+', fallback):
        raise slip("theme-face", f"css_fallback '{fallback}' is not a list of families", file)
    return family, fallback


def _root(tokens: Mapping[str, Any], file: Path) -> Path | None:
    """The folder that the font files lie in; None where their package is not installed."""
    package = tokens.get("package")
    if not package:
        return Path(str(tokens.get("folder", file.parent)))
    found = importlib.util.find_spec(str(package)) if re.fullmatch(r"[a-z][a-z0-9_]*", str(package)) else None
    return Path(found.origin).parent if found is not None and found.origin is not None else None


def _font(root: Path, tokens: Mapping[str, Any], cut: str, family: str, file: Path) -> Path:
    path = (root / str(tokens.get(cut, ""))).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        raise slip("theme-face", f"the font file '{tokens.get(cut, '')}' of '{family}' is not there", file)
    return path
