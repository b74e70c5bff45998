"""Replace what an engine for pages does not draw: text, gradients round a point, and properties without effect."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import ImageColor

from briefing.assets.svg import measure

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"


def letters_as_paths(svg: str) -> str:
    """An SVG whose letters, one in each text element, are outlines."""
    if "<text" not in svg:
        return svg
    root = etree.fromstring(svg.encode())
    font = TTFont(files("fontpkg_source_serif_4").joinpath("files", "SourceSerif4[opsz,wght].ttf"))
    glyphs, names, units = font.getGlyphSet(location={"wght": 700}), font.getBestCmap(), font["head"].unitsPerEm
    for text in list(root.iter(f"{_SVG}text")):
        pen = SVGPathPen(glyphs)
        glyphs[names[ord("".join(text.itertext()).strip())]].draw(pen)
        size = next(float(e.get("font-size")) for e in (text, *text.iterancestors()) if e.get("font-size"))
        place = f"translate({text.get('x')} {text.get('y')}) scale({size / units} {-size / units})"
        path = etree.Element(f"{_SVG}path", d=pen.getCommands(), transform=f"{text.get('transform', '')} {place}")
        path.tail = text.tail
        text.getparent().replace(text, path)
    return etree.tostring(root, encoding="unicode")


def drawable(svg: str) -> str:
    """An SVG with its linear gradients in the user's space; a gradient round a point is its mean colour."""
    root = etree.fromstring(svg.encode())
    gradients = {e.get("id"): e for e in root.iter(f"{_SVG}linearGradient", f"{_SVG}radialGradient")}
    flat = {f"url(#{name})": _mean_colour(e, gradients) for name, e in gradients.items() if "radial" in e.tag}
    for gradient in gradients.values():
        _apply_transform(gradient, gradients)
    for element in root.iter(etree.Element):
        for name in ("fill", "stroke"):
            if element.get(name) in flat:
                element.set(name, flat[element.get(name)])
    for gradient in gradients.values():
        if "radial" in gradient.tag:
            gradient.getparent().remove(gradient)
    return _without_undrawn(etree.tostring(root, encoding="unicode"))


def _without_undrawn(svg: str) -> str:
    """An SVG without the properties that the engine does not draw, and without classes, which nothing refers to."""
    svg = re.sub(r'\sclass="[^"]*"', "", svg) if "<style" not in svg else svg
    while name := measure("flag", svg.encode())[2]:
        less = re.sub(rf'\s{name}="[^"]*"|(?<=[";]){name}:[^;"]*;?', "", svg)
        if less == svg:
            return svg
        svg = less.replace(' style=""', "")
    return svg


def _inherited(gradient: Any, gradients: dict[str, Any], name: str, default: str) -> str:
    """An attribute of a gradient, or of the gradient that it refers to."""
    if name in gradient.attrib:
        return gradient.get(name)
    other = gradients.get(gradient.get(_XLINK, "")[1:])
    return default if other is None else _inherited(other, gradients, name, default)


def _apply_transform(gradient: Any, gradients: dict[str, Any]) -> None:
    """Move a linear gradient as its transformation says: the same colours at the same places."""
    transform = gradient.attrib.pop("gradientTransform", None)
    if transform is None or "linear" not in gradient.tag:
        return
    a, b, c, d, e, f = _matrix(transform)
    x1, y1, x2, y2 = (float(_inherited(gradient, gradients, name, "0")) for name in ("x1", "y1", "x2", "y2"))
    (dx, dy), size, det = (x2 - x1, y2 - y1), (x2 - x1) ** 2 + (y2 - y1) ** 2, a * d - b * c
    # The share along the gradient is linear in the place: this is its slope after the transformation.
    gx, gy = (d * dx - b * dy) / det / size, (a * dy - c * dx) / det / size
    x, y = a * x1 + c * y1 + e, b * x1 + d * y1 + f
    steep = gx * gx + gy * gy
    for name, value in (("x1", x), ("y1", y), ("x2", x + gx / steep), ("y2", y + gy / steep)):
        gradient.set(name, f"{value:.6g}")


def _matrix(transform: str) -> list[float]:
    """The matrix of a transformation that SVGO has written."""
    name, _, rest = transform.partition("(")
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?", rest)]
    if name == "translate":
        return [1, 0, 0, 1, numbers[0], (numbers[1:] or [0])[0]]
    if name == "scale":
        return [numbers[0], 0, 0, numbers[-1], 0, 0]
    if name == "matrix" and len(numbers) == 6:
        return numbers
    raise ValueError(f"a transformation that is not expected: {transform}")


def _mean_colour(gradient: Any, gradients: dict[str, Any]) -> str:
    stops = gradient.findall(f"{_SVG}stop")
    if not stops:
        return _mean_colour(gradients[gradient.get(_XLINK)[1:]], gradients)
    colours = [_rgb(stop.get("stop-color", "#000")) for stop in stops]
    return "#" + "".join(f"{round(sum(c[k] for c in colours) / len(colours)):02x}" for k in range(3))


def _rgb(colour: str) -> tuple[int, ...]:
    return ImageColor.getrgb(colour)[:3]
