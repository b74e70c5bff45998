"""Which face lends the letters that a theme's own faces lack: by script, and for Han letters by the language.

One Han letter is drawn in one way in Japan and in others in China, in Taiwan and in Korea; the language of the passage
says which is meant, and without one the language of the brief.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from briefing.theme import Theme
from briefing.theme.css import family_name, selector

__all__ = ["CJK", "family_of", "lenders", "lent_rules", "lettering", "script_of"]

#: The scripts that share the Han letters, each with the languages whose passages are set in it.
CJK = {"Hans": ("zh",), "Hant": ("zh-Hant", "zh-TW", "zh-HK", "zh-MO"), "Jpan": ("ja",), "Kore": ("ko",)}


@cache
def script_of(language: str) -> str:
    """The East Asian script of a language tag (``zh-TW`` -> ``Hant``); empty for every other language."""
    first, *rest = language.replace("_", "-").split("-")
    if first.lower() == "zh":
        named = {part.title() for part in rest}
        return "Hant" if named & {"Hant", "Tw", "Hk", "Mo"} and "Hans" not in named else "Hans"
    return {"ja": "Jpan", "ko": "Kore"}.get(first.lower(), "")


def lenders(theme: Theme, face: str, script: str) -> tuple[str, ...]:
    """Who is asked for a letter that a face lacks, in this order: the theme's other faces, then those of the scripts.

    ``script`` is the East Asian script of the passage: its face is asked before the others that have its letters.
    """
    here = [code for code, lent in theme.scripts.items() if lent.roman is not None]
    ordered = sorted(here, key=lambda code: (code in CJK and code != script, here.index(code)))
    if script:  # the punctuation of a passage is set as its letters are
        ordered.sort(key=lambda code: code != script)
    return (*(other for other in theme.faces if other != face), *ordered)


def family_of(theme: Theme, face: str, beside: str, size: float) -> str:
    """The CSS family of a cut. A script's face has one for each face that it is lent to, whose height it takes."""
    if face in theme.faces:
        return family_name(theme, face, size)
    family = theme.scripts[face].family
    return family if beside == theme.styles["body"].face else f"{family} beside {theme.faces[beside].family}"


def _lent(theme: Theme, face: str, present: Iterable[tuple[str, str]], script: str) -> list[str]:
    """The families of a face and of what is lent to it, each in quotation marks. ``present``: see below."""
    have = set(present)
    names = [theme.faces[face].family]
    for lender in lenders(theme, face, script):
        if lender in theme.faces and any(name == lender for name, _ in have):
            names.append(theme.faces[lender].family)
        elif (lender, face) in have:
            names.append(family_of(theme, lender, face, 0))
    return [f'"{name}"' for name in names]


def lettering(theme: Theme, present: Sequence[tuple[str, str]], language: str, face: str = "sans") -> str:
    """The families of a drawing's labels, for its ``font-family``."""
    return ",".join(name.replace('"', "'") for name in _lent(theme, face, present, script_of(language)))


def lent_rules(theme: Theme, present: Sequence[tuple[str, str]], language: str, *, screen: bool) -> str:
    """CSS that lets the lent faces stand behind the theme's own; empty where nothing is lent.

    ``present`` are the faces that are there, each with the face beside which it stands (empty for the theme's own).
    Stands after the type styles.
    """
    scripts = {face for face, beside in present if beside}
    if not scripts:
        return ""

    def families(face: str, script: str) -> str:
        fallbacks = [theme.scripts[code].css_fallback for code in lenders(theme, face, script) if code in scripts]
        behind = [theme.faces[face].css_fallback, *fallbacks] if screen else []
        return ",".join([*_lent(theme, face, present, script), *behind])

    own = script_of(language)
    css = ":root{" + ";".join(f"--{face}:{families(face, own)}" for face in theme.faces) + "}\n"
    if screen:
        css += ".chart-drawing{font-family:var(--sans)}\n"
    east = sorted(scripts & CJK.keys())
    if not east or (len(east) == 1 and own in {"", east[0]}):
        return css
    # A passage inherits its family as a list of names, so each type style says what it would be in these languages.
    for style in theme.styles.values():
        said = []
        for script in east:
            first = family_name(theme, style.face, style.size)
            before = "" if first == theme.faces[style.face].family else f'"{first}",'
            said.append(f"--in-{script.lower()}:{before}{families(style.face, script)}")
        css += f"{selector(style.name)}{{{';'.join(said)}}}\n"
    for script, languages in CJK.items():
        if script in east:
            passages = ",".join(f'body [lang|="{language}"]' for language in languages)
            css += f"{passages}{{font-family:var(--in-{script.lower()})}}\n"
    return css
