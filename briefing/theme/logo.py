"""The logo of a theme: a picture in its folder, checked like the pictures of a brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .folder import read_yaml, theme_error

if TYPE_CHECKING:
    from briefing.assets.pictures import Picture


def read_logo(chain: Sequence[Path]) -> Picture | None:
    """The logo named by the nearest theme of the chain, or None; an empty ``logo:`` removes an inherited one.

    Its name among the pictures of a galley begins with "theme:", which no picture of a brief can have.
    Raises :class:`SetupError` for a file that is missing, is no picture, or has forbidden content.
    """
    for folder in chain:
        file = folder / "theme.yaml"
        tokens = read_yaml(file) if file.is_file() else {}
        if "logo" in tokens:
            return _load(str(tokens["logo"]), file) if tokens["logo"] else None
    return None


def _load(name: str, file: Path) -> Picture:
    # Imported here because listing the themes does not need it.
    from briefing.assets.files import FileRefused, Files
    from briefing.assets.pictures import load_picture

    try:
        picture = load_picture(name, Files(file.parent, file))
    except FileRefused as refusal:
        message, advice = refusal.message, refusal.advice
        if refusal.code == "file-outside":
            message, advice = f"'{name}' lies outside the theme's folder", "copy the file into the theme's folder"
        advice = advice.replace("relative to the content file", "relative to the theme's folder")
        raise theme_error("theme-logo", f"the logo cannot be used: {message}", file, advice, ("logo",)) from None
    return replace(picture, name=f"theme:{name}")
