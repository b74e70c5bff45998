"""The contrast of a theme's text colours with their backgrounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.diagnostics import Diagnostic, Severity, Span

from . import Theme
from .folder import place

#: The least contrast of text with its background (WCAG 2.2, success criterion 1.4.3).
LEAST = 4.5
#: The background of boxes with text in a stylesheet.
_GROUND = re.compile(r"background(?:-color)?:\s*var\(--(paper|tint)\)")


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, from 0 to 1 (WCAG 2.2): its brightness when printed in grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def weak_colours(theme: Theme) -> tuple[Diagnostic, ...]:
    """A warning (``theme-contrast``) for each text colour with too little contrast to a background of the theme.

    It names the background with the least contrast, and the nearest shade of the colour with enough contrast.
    """
    return tuple(
        warning
        for scheme, colours in (("colours", theme.colours), ("dark", theme.dark))
        for token, grounds in _text_and_grounds(theme)
        if (warning := _warning(theme, scheme, colours, token, grounds)) is not None
    )


def _text_and_grounds(theme: Theme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text colour of the type styles, with the backgrounds that the stylesheets have under text."""
    used = {style.colour for style in theme.styles.values()}
    boxes = {name for css in (theme.print_css, theme.screen_css) for name in _GROUND.findall(css)}
    for name in theme.colours:
        if name == "on_accent":
            yield name, ("accent",)
        elif name in used:
            yield name, tuple(sorted({"paper", *boxes}))


def _warning(
    theme: Theme, scheme: str, colours: Mapping[str, str], token: str, grounds: tuple[str, ...]
) -> Diagnostic | None:
    weakest = min(grounds, key=lambda ground: contrast(colours[token], colours[ground]))
    ratio = contrast(colours[token], colours[weakest])
    if ratio >= LEAST:
        return None
    file, span, excerpt = _position(theme, scheme, token, weakest)
    where = " on a dark screen" if scheme == "dark" else ""
    shade = _readable(colours[token], [colours[ground] for ground in grounds])
    advice = f'"{shade}" is the nearest shade that can be read' if shade else f"change '{token}' or '{weakest}'"
    return Diagnostic(
        "theme-contrast",
        f"text in '{token}' ({colours[token]}) is hard to read on '{weakest}' ({colours[weakest]}){where}:"
        f" the contrast is {int(ratio * 100) / 100:g} to 1, and text needs {LEAST} to 1",
        Severity.WARNING,
        file=f"templates/{file.parent.name}/{file.name}",
        span=span,
        excerpt=excerpt,
        help=advice,
    )


def _position(theme: Theme, scheme: str, *tokens: str) -> tuple[Path, Span | None, str]:
    """The nearest theme.yaml that defines one of the colours, and the position and the text of that line."""
    files = [folder / "theme.yaml" for folder in theme.folders if (folder / "theme.yaml").is_file()]
    for file in files:
        for token in tokens:
            span, excerpt = place(file, (scheme, token))
            if span is not None and excerpt[span.column - 1 :].startswith(token):
                return file, span, excerpt
    return files[0], None, ""


def _readable(colour: str, grounds: list[str]) -> str:
    """The nearest darker or lighter shade with enough contrast to all backgrounds; empty if there is none."""
    light = all(luminance(ground) > 0.18 for ground in grounds)
    goal = 0 if light else 255
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(1, 101):
        shade = "#" + "".join(f"{round(part + (goal - part) * step / 100):02x}" for part in parts)
        if all(contrast(shade, ground) >= LEAST for ground in grounds):
            return shade
    return ""
