"""Open a theme's own ``handout.docx``, the template of its Word files.

Its styles, margins, headers and footers override those made from the theme's tokens. Styles that it does not have are
made from the tokens, with its type sizes if they are known. Its text is never used.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Twips

from briefing.model.paper import PAPER_SIZES
from briefing.theme import Measures, Theme, TypeStyle
from briefing.writers.docx.base.style_table import PARAGRAPHS
from briefing.writers.docx.ooxml.elements import XmlElement, mm, name, parse, val
from briefing.writers.docx.page_grid import side_is_left

__all__ = ["WordTemplate", "open_template"]

#: The least distance of the side column from the paper's edge, in mm; with less there is one column only.
_EDGE_MM = 8.0
#: The widest page of Word, 22 inches, in twips.
_WIDEST_TWIPS = 31680


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A Word template: its parts by name, and the root elements of those that are read."""

    parts: Mapping[str, bytes]
    document: XmlElement
    styles: XmlElement

    @property
    def section(self) -> XmlElement | None:
        """The properties of its last section, which define the page of a brief."""
        return self.document.find(f"{name('w:body')}/{name('w:sectPr')}")

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """The relationships of a part by id: (type, part or URL, whether it is external)."""
        folder, file = posixpath.split(part)
        data = self.parts.get(f"{folder}/_rels/{file}.rels")
        found = {}
        for relation in parse(data) if data is not None else ():
            target, outside = relation.get("Target") or "", relation.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id") or ""] = (relation.get("Type") or "", target, outside)
        return found

    def office_theme(self) -> bytes | None:
        """Its theme part, if that needs no other part."""
        found = self.part(RT.THEME)
        return self.parts[found[0]] if found is not None and not self.relations(found[0]) else None

    def part(self, kind: str) -> tuple[str, XmlElement] | None:
        """The name and root of the part with a relationship type, such as ``RT.NUMBERING``; None if it has none."""
        for relation, target, outside in self.relations("word/document.xml").values():
            if relation == kind and not outside and target in self.parts:
                return target, parse(self.parts[target])
        return None

    def theme(self, theme: Theme, paper: Literal["A4", "Letter"]) -> Theme:
        """The theme with this document's margins and type sizes, which added styles then have too."""
        return replace(theme, measures=self._measures(theme, paper), styles=self._type_styles(theme))

    def _measures(self, theme: Theme, paper: Literal["A4", "Letter"]) -> Measures:
        """The page grid: the text between its margins, and a side column if the margin has room for one."""
        margins = self.section.find(name("w:pgMar")) if self.section is not None else None
        if margins is None:
            return theme.measures
        left, right, top, bottom = (
            float(abs(Twips(int(_number(margins.get(name(f"w:{side}")) or "", 0.0))).mm))
            for side in ("left", "right", "top", "bottom")
        )
        width = Twips(mm(PAPER_SIZES[paper][0])).mm
        old, before = theme.measures, side_is_left(theme)
        far = left if before else right
        has_side = old.side > 0 and far - old.gutter - old.side >= _EDGE_MM
        gutter, side = (old.gutter, old.side) if has_side else (0.0, 0.0)
        return replace(
            old,
            top=top,
            top_first=top,
            bottom=bottom,
            sides=(left - gutter - side if has_side else right) if before else left,
            text=width - left - right,
            gutter=gutter,
            side=side,
            outer=None,
        )

    def _type_styles(self, theme: Theme) -> dict[str, TypeStyle]:
        """The theme's type styles, with the sizes of this document's styles of the same names."""
        kinds = [style for style in self.styles.iterfind(name("w:style")) if style.find(name("w:name")) is not None]
        paragraphs = [style for style in kinds if (style.get(name("w:type")) or "paragraph") == "paragraph"]
        styles = {val(style, "w:name").lower(): style for style in paragraphs}
        ids = {style.get(name("w:styleId")) or "": style for style in styles.values()}
        defaults = self.styles.find(name("w:docDefaults"))
        changed: dict[str, TypeStyle] = {}
        for row in PARAGRAPHS:
            style = styles.get(row.name.lower())
            if style is not None and row.look in theme.styles and row.look not in changed and row.name != "Normal":
                changed[row.look] = _with_sizes(theme.styles[row.look], _chain(style, ids, defaults))
        return {**theme.styles, **changed}


def open_template(data: bytes) -> WordTemplate | None:
    """The Word template of a theme; None if it has none. The theme loader has checked the file."""
    if not data:
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return WordTemplate(parts, parse(parts["word/document.xml"]), parse(parts["word/styles.xml"]))


def _chain(style: XmlElement, ids: Mapping[str, XmlElement], defaults: XmlElement | None) -> list[XmlElement]:
    """A style and those that it is based on, nearest first, then the document's defaults."""
    chain: list[XmlElement] = []
    here: XmlElement | None = style
    while here is not None and here not in chain:
        chain.append(here)
        here = ids.get(val(here, "w:basedOn"))
    return [*chain, defaults] if defaults is not None else chain


def _number(text: str, default: float) -> float:
    """A number in any of Word's units; the default if it is none, or greater than Word's widest page."""
    number = float(text) if re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{0,9})?", text) else default
    return number if abs(number) <= _WIDEST_TWIPS else default


def _with_sizes(type_style: TypeStyle, chain: list[XmlElement]) -> TypeStyle:
    """The type style with the size, leading and spaces, in pt, from the first style of a chain that defines each."""

    def value_of(tag: str, attribute: str = "val") -> str:
        for style in chain:
            for element in style.iter(name(tag)):
                value = element.get(name(f"w:{attribute}"))
                if value is not None:
                    return value
        return ""

    size = _number(value_of("w:sz"), 20.0) / 2
    line, rule = _number(value_of("w:spacing", "line"), 240.0), value_of("w:spacing", "lineRule")
    leading = line / 20 if rule in {"exact", "atLeast"} else size * 1.22 * line / 240
    return replace(
        type_style,
        size=max(size, 4.0),
        leading=max(leading, size),
        before=_number(value_of("w:spacing", "before"), 0.0) / 20,
        after=_number(value_of("w:spacing", "after"), 0.0) / 20,
    )
