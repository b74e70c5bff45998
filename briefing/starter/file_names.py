"""Check names of new content files: valid on every system and in every shell, and inside the project."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from briefing.diagnostics import Diagnostic, SetupError
from briefing.project import CONTENT_SUFFIXES, DEVICE_NAMES

#: The longest part of a path, in characters.
_LONGEST = 80


def place_of(name: str) -> tuple[str, ...]:
    """The parts of the path below ``content``, without the suffix: ``europe/norway`` is ("europe", "norway").

    ``content/norway.yaml`` is accepted too. Raises :class:`SetupError` for an invalid name.
    """
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    if plain.startswith("/") or re.match("[A-Za-z]:", plain):
        advice = "name the brief as it is called below content, as in europe/norway"
        raise SetupError(Diagnostic("brief-name", f"'{name}' is a path of the whole machine", help=advice))
    steps = [step for step in plain.split("/") if step != "."]
    if len(steps) > 1 and steps[0] == "content":
        steps = steps[1:]
    steps[-1:] = [re.sub(r"\.ya?ml$", "", step, flags=re.IGNORECASE) for step in steps[-1:]]
    if not steps or not all(map(_is_valid, steps)):
        guess = "/".join(filter(None, (re.sub(r"[^\w]+", "-", step.lower()).strip("-_") for step in steps)))
        advice = "a name has letters, digits, hyphens and points, and folders before it where you want them"
        if guess and all(map(_is_valid, guess.split("/"))):
            advice = f"how about {guess}?"
        raise SetupError(Diagnostic("brief-name", f"'{name}' cannot be the name of a content file", help=advice))
    if steps[-1].lower().endswith("-handout"):
        message = "the name of a content file cannot end in -handout: the handout of another brief is called so"
        raise SetupError(Diagnostic("handout-name", message, help="choose another name"))
    if steps[0].lower() == "templates" and len(steps) > 1:
        message = "the folder templates is for themes, and no brief in it is built"
        raise SetupError(Diagnostic("brief-name", message, help="choose another folder"))
    return tuple(steps)


def taken(path: Path) -> Path | None:
    """An existing file with the same outputs, such as one in another case or with the suffix ``.yml``; else None."""
    if not path.parent.is_dir():
        return None
    others = (entry for entry in sorted(path.parent.iterdir()) if entry.suffix.lower() in CONTENT_SUFFIXES)
    return next((entry for entry in others if _comparable(entry.stem) == _comparable(path.stem)), None)


def _comparable(stem: str) -> str:
    """A name for comparison: Windows and macOS ignore case, and macOS how an accented letter is encoded."""
    return unicodedata.normalize("NFC", stem).casefold()


def _is_valid(step: str) -> bool:
    return (
        re.fullmatch(r"\w[\w.-]*", step) is not None
        and not step.endswith(".")
        and ".." not in step
        and step.split(".", maxsplit=1)[0].lower() not in DEVICE_NAMES
        and len(step) <= _LONGEST
    )
