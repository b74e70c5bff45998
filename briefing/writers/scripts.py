"""Fallback faces for characters that a theme's own faces do not have: by script, and for Han characters by language.

The same Han character has different forms in Japan, China, Taiwan and Korea. The language of the passage selects the
form; a passage without one has the language of the brief.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from briefing.theme import Theme
from briefing.theme.css import family_name, selector

#: The scripts that share the Han characters, each with the language tags that are set in it.
CJK = {"Hans": ("zh",), "Hant": ("zh-Hant", "zh-TW", "zh-HK", "zh-MO"), "Jpan": ("ja",), "Kore": ("ko",)}


@cache
def script_of(language: str) -> str:
    """The East Asian script of a language tag (``zh-TW`` -> ``Hant``); empty for every other language."""
    first, *rest = language.replace("_", "-").split("-")
    if first.lower() == "zh":
        named = {part.title() for part in rest}
        return "Hant" if named & {"Hant", "Tw", "Hk", "Mo"} and "Hans" not in named else "Hans"
    return {"ja": "Jpan", "ko": "Kore"}.get(first.lower(), "")


def fallback_faces(theme: Theme, face: str, script: str) -> tuple[str, ...]:
    """The fallbacks for a face, in order: the theme's other faces, then the installed faces of scripts.

    ``script`` is the East Asian script of the passage: its face comes before the others that have the same characters.
    """
    installed = [code for code, script_face in theme.scripts.items() if script_face.roman is not None]
    # The script of the passage is the first, so that its punctuation has the same face as its letters.
    ordered = sorted(installed, key=lambda code: (bool(script) and code != script, code in CJK))
    return (*(other for other in theme.faces if other != face), *ordered)


def family_of(theme: Theme, face: str, beside: str, size: float) -> str:
    """The CSS family of a cut."""
    if face in theme.faces:
        return family_name(theme, face, size)
    # The face of a script has a family for each theme face that it is a fallback for, because it takes its height.
    family = theme.scripts[face].family
    return family if beside == theme.styles["body"].face else f"{family} beside {theme.faces[beside].family}"


def _families(theme: Theme, face: str, in_use: Iterable[tuple[str, str]], script: str) -> list[str]:
    """The families of a face and its fallbacks. ``in_use``: see :func:`fallback_rules`."""
    pairs = set(in_use)
    own = {name for name, _ in pairs}
    families = [theme.faces[face].family]
    for fallback in fallback_faces(theme, face, script):
        if fallback in theme.faces and fallback in own:
            families.append(theme.faces[fallback].family)
        elif (fallback, face) in pairs:
            families.append(family_of(theme, fallback, face, 0))
    return families


def label_families(theme: Theme, in_use: Iterable[tuple[str, str]], language: str) -> str:
    """The ``font-family`` of the labels in a drawing: the families of the sans face and its fallbacks."""
    return ",".join(f"'{family}'" for family in _families(theme, "sans", in_use, script_of(language)))


def fallback_rules(theme: Theme, in_use: Sequence[tuple[str, str]], language: str, *, screen: bool) -> str:
    """CSS that adds the fallback families to the theme's own; empty if there are no fallbacks.

    ``in_use`` are the faces in use, each with the face that it is a fallback for (empty for the theme's own). The rules
    have to follow those of the type styles.
    """
    scripts = {face for face, beside in in_use if beside}
    if not scripts:
        return ""

    def families(face: str, script: str) -> str:
        names = [f'"{family}"' for family in _families(theme, face, in_use, script)]
        if screen:
            fallbacks = (code for code in fallback_faces(theme, face, script) if code in scripts)
            names += [theme.faces[face].css_fallback, *(theme.scripts[code].css_fallback for code in fallbacks)]
        return ",".join(names)

    own = script_of(language)
    css = ":root{" + ";".join(f"--{face}:{families(face, own)}" for face in theme.faces) + "}\n"
    if screen:
        css += ".chart-drawing{font-family:var(--sans)}\n"
    east_asian = sorted(scripts & CJK.keys())
    if not east_asian or (len(east_asian) == 1 and own in {"", east_asian[0]}):
        return css
    # Elements inherit ``font-family`` as a finished list. Each type style therefore defines a variable with its
    # families for each of these languages.
    for style in theme.styles.values():
        variables = []
        for script in east_asian:
            first = family_name(theme, style.face, style.size)
            before = "" if first == theme.faces[style.face].family else f'"{first}",'
            variables.append(f"--in-{script.lower()}:{before}{families(style.face, script)}")
        css += f"{selector(style.name)}{{{';'.join(variables)}}}\n"
    for script, languages in CJK.items():
        if script in east_asian:
            passages = ",".join(f'body [lang|="{language}"]' for language in languages)
            css += f"{passages}{{font-family:var(--in-{script.lower()})}}\n"
    return css
