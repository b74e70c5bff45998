"""Pictures: bitmaps unchanged, and SVG with a PNG version for readers that do not support SVG."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Emu

from briefing.galley.tree import Element, to_markup
from briefing.theme import Theme
from briefing.writers.drawings import as_pixels, raster

from .ooxml.drawing import picture
from .ooxml.elements import XmlElement, emu
from .ooxml.parts import new_part
from .text_runs import FIELD

if TYPE_CHECKING:
    from docx.opc.part import Part

    from briefing.assets.pictures import Picture

#: The resolution of a drawing as PNG, in px per inch: three pixels per CSS pixel, which is sharp in print.
_DENSITY = 288

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/svg+xml": "svg"}
_SVG = 'xmlns="http://www.w3.org/2000/svg"'


class Pictures:
    """The pictures of one document. A picture used twice is stored once.

    ``next_id`` returns a number for the next drawing, in the order of the document.
    """

    def __init__(self, theme: Theme, document: Part) -> None:
        self._theme, self._document = theme, document
        self._relations: dict[str, str] = {}
        self.next_id = count(1).__next__

    def place(self, image: Picture, alt: str, *, width: float, max_height: float) -> XmlElement:
        """A run with a picture ``width`` mm wide, or narrower if it would be higher than ``max_height`` mm."""
        # The natural size is in CSS px, of which an inch has 96.
        natural_width, natural_height = image.width * 25.4 / 96, image.height * 25.4 / 96
        width = min(width, image.widest)
        scale = width / natural_width if natural_width else 1.0
        if natural_height * scale > max_height:
            scale = max_height / natural_height
        size = (max(Emu(1), emu(natural_width * scale)), max(Emu(1), emu(natural_height * scale)))
        name = image.name.rpartition("/")[2]
        if image.media_type == "image/svg+xml":
            if image.undrawn:  # Word draws even less of it than the PDF engine
                data = as_pixels(image, self._theme)
                return picture(self.next_id(), name, alt or name, size, self._store(data, "image/png"))
            return self._vector(image.data.decode("utf-8-sig"), alt, name, size)
        return picture(self.next_id(), name, alt or name, size, self._store(image.data, image.media_type))

    def draw(self, svg: Element, alt: str, name: str, *, width: float, ratio: float) -> XmlElement:
        """A run with an SVG element of the galley, ``width`` mm wide; its height is ``ratio`` times its width."""
        kept = {key: value for key, value in svg.attributes.items() if key != FIELD}
        markup = to_markup(replace(svg, attributes=kept))
        if "xmlns=" not in markup.partition(">")[0]:
            markup = markup.replace("<svg", f"<svg {_SVG}", 1)
        return self._vector(self._with_colour_values(markup), alt, name, (emu(width), emu(width * ratio)))

    def _with_colour_values(self, markup: str) -> str:
        """The markup with the theme's colour tokens replaced by values that other programs understand."""
        ink = self._theme.colours.get("ink", "#000000")

        def value(found: re.Match[str]) -> str:
            return self._theme.colours.get(found[1].replace("-", "_"), ink)

        return re.sub(r"var\(--(?:colour-|color-)?([a-z-]+)[^)]*\)", value, markup).replace("currentColor", ink)

    def _vector(self, markup: str, alt: str, name: str, size: tuple[Emu, Emu]) -> XmlElement:
        faces = self._theme.faces
        sans, serif = faces["sans"].family, faces["serif"].family
        # Only the theme's fonts, so that every machine gives the same picture.
        fonts = tuple(str(path) for face in faces.values() for path in face.files) if "<text" in markup else ()
        pixels = raster(markup, max(1, round(size[0].inches * _DENSITY)), fonts, sans, serif)
        relation = self._store(pixels, "image/png")
        vector = self._store(markup.encode(), "image/svg+xml")
        return picture(self.next_id(), name, alt or name, size, relation, vector)

    def _store(self, data: bytes, media_type: str) -> str:
        key = sha256(data).hexdigest()
        if key not in self._relations:
            place = f"word/media/image{len(self._relations) + 1}.{_SUFFIXES.get(media_type, 'bin')}"
            part = new_part(self._document.package, place, media_type, data)
            self._relations[key] = self._document.relate_to(part, RT.IMAGE)
        return self._relations[key]
