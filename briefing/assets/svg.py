"""Measure SVG pictures, and refuse those with scripts, external references or too many elements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.parsers import expat

from .files import FileRefused

MAX_ELEMENTS = 50_000
MAX_DEPTH = 64
#: Nesting depth of elements with an id, and length of a chain of references.
MAX_NAMED = 64
#: Drawn elements: an element that is referred to counts once for each copy.
MAX_DRAWN = 100_000

#: CSS px in one of each unit (CSS Values and Units 4, section 6.2).
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}

_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_SVG = "http://www.w3.org/2000/svg"
_FORBIDDEN = {
    "script": "a script",
    "foreignobject": "foreign markup",
    "iframe": "another page",
    "object": "an object",
    "embed": "an object",
    "audio": "sound",
    "video": "a film",
    "handler": "a script",
    "listener": "a script",
}
_ANIMATIONS = frozenset({"animate", "set", "animateTransform", "animateMotion"})
#: What the PDF engine draws as a browser does: elements, properties (also in CSS), and attributes that are no property.
#: tests/writers/pdf/test_svg_features.py compares the drawings.
_ELEMENTS = """svg g defs title desc metadata style path rect circle ellipse line polyline polygon text tspan use symbol
    clipPath linearGradient stop marker"""
_PROPERTIES = """fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit opacity color stop-color stop-opacity clip-path clip-rule
    marker-start marker-mid marker-end display visibility font-family font-size font-weight font-style text-anchor
    letter-spacing"""
_ATTRIBUTES = """id class style version baseProfile viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points dx dy
    transform offset href type preserveAspectRatio gradientUnits clipPathUnits markerWidth markerHeight refX refY orient
    lang role overflow enable-background"""
_DRAWN_ELEMENTS, _DRAWN_PROPERTIES = frozenset(_ELEMENTS.split()), frozenset(_PROPERTIES.split())
_DRAWN_ATTRIBUTES = _DRAWN_PROPERTIES | frozenset(_ATTRIBUTES.split())
_OPAQUE = r"(?:1(?:\.0*)?|100%|inherit)"
#: Values of these properties and attributes that the engine draws otherwise.
_UNDRAWN_VALUES = {
    "stroke": r"url\(.*",
    "stroke-opacity": rf"(?!{_OPAQUE}$).*",
    "stop-opacity": rf"(?!{_OPAQUE}$).*",
    "font-size": rf"(?!{_NUMBER}(?:px|pt|pc|mm|cm|in|em)?$).*",
    "font-weight": "bolder|lighter",
    "visibility": "collapse",
    "orient": "auto.*",
    "clipPathUnits": "objectBoundingBox",
    "rx": ".*%",
    "ry": ".*%",
}
#: Elements and properties that the engine does not draw as a browser does inside these elements.
_UNDRAWN_IN = {
    "text": {"clipPath", "symbol"},
    "tspan": {"tspan"},
    "svg": {"defs"},
    "clip-rule": {"clipPath"},
    "clip-path": {"use", "svg"},
    "viewBox": {"symbol"},
}
#: Functions of CSS that neither engine knows, so that a part of the drawing would be black or missing.
_FUNCTION = re.compile(
    r"(?<![\w-])(?:var|calc|env|clamp|oklch|oklab|lab|lch|hwb|color|color-mix|light-dark)\(", re.IGNORECASE
)
#: Properties in CSS that place a shape; the engines know them as attributes alone.
_PLACES = frozenset({"x", "y", "cx", "cy", "r", "rx", "ry", "width", "height", "d"})
#: Elements that draw something.
_VISIBLE = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use", "image"])
#: Properties that change nothing in a drawing for paper.
_IDLE = re.compile(r"cursor|pointer-events|(?:shape|text|image)-rendering|-[\w-]+|solid-\w+|aria-[\w-]+|data-[\w-]+")
_PLAINER = "export it again with plain lengths and colours, or save it as PNG"
_EMBEDDED_PICTURE = re.compile(r"data:image/(png|jpeg|jpg)(?:;charset=[\w-]+)?;base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
#: In CSS the end of the text closes an open bracket or comment. No alternative needs backtracking, so that the time is
#: linear.
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*))""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


def measure(name: str, data: bytes) -> tuple[float, float, str, str]:
    """Width and height of an SVG picture in CSS px, the first thing in it that the PDF engine cannot draw, its words.

    Raises FileRefused if the data are not SVG, or have a document type, entities, scripts, event attributes, foreign
    markup, or references to anything outside the file.
    """
    reader = _Reader(name)
    reader.feed(data)
    reader.drawn()
    return (*reader.size(), reader.first_undrawn(), " ".join("".join(reader.words).split()))


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.root: dict[str, str] | None = None
        self.depth = self.count = 0
        #: For each id: the number of elements in it, and the ids that they refer to. "" is the whole picture.
        self.parts: dict[str, int] = {"": 0}
        self.targets: dict[str, list[str]] = {"": []}
        self.open_ids: list[str] = []
        self.style: list[str] | None = None
        #: What the PDF engine cannot draw, in the order of the file (the values mean nothing), and the words in texts.
        self.undrawn: dict[str, None] = {}
        self.words: list[str] = []
        self.in_text = 0
        self.tags: list[str] = []
        self.draws = False
        #: A gradient or pattern that text may be filled with.
        self.fills_text = False

    def feed(self, data: bytes) -> None:
        """Parse the whole picture. Raises FileRefused if it is invalid or forbidden."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            if self.root is None:
                raise self._no_picture() from None
            message = f"is broken in line {error.lineno}: {expat.ErrorString(error.code)}"
            raise self._refused(message, "export the picture again") from None
        except (ValueError, LookupError):  # an encoding that the parser does not know
            raise self._no_picture() from None

    def size(self) -> tuple[float, float]:
        """Width and height in CSS px, from the attributes or the view box. Raises FileRefused if there are none."""
        root = self.root or {}
        box = [float(part) for part in re.findall(rf"[-+]?{_NUMBER}", root.get("viewBox", ""))][:4]
        width, height = _length(root.get("width")), _length(root.get("height"))
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            if width and not height:
                height = width * box[3] / box[2]
            elif height and not width:
                width = height * box[2] / box[3]
            elif not width and not height:
                width, height = box[2], box[3]
        if not width or not height:
            raise self._refused("does not say how large it is", "give its svg element a viewBox, or width and height")
        if not (0.1 <= width <= 100_000 and 0.1 <= height <= 100_000):
            raise self._refused("has an impossible size", "give its svg element a plain viewBox")
        if not self.draws:
            raise self._refused("draws nothing", "export the picture again")
        return width, height

    def _start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: C901
        space, _, local = tag.rpartition(" ")
        self.depth += 1
        self.count += 1
        if self.root is None:
            if local != "svg" or space != _SVG:
                raise self._no_picture()
            self.root = attributes
        if self.depth > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise self._too_complex()
        if local.lower() in _FORBIDDEN:
            raise self._unsafe(_FORBIDDEN[local.lower()])
        if space == _SVG:
            self.draws = self.draws or local in _VISIBLE
            self.tags.append(local)
            self._note_undrawn(local, attributes)
        name = attributes.get("id", "")
        if len([known for known in self.open_ids if known]) >= MAX_NAMED:
            raise self._too_complex()
        self.open_ids.append(name if name and name not in self.parts else "")
        if self.open_ids[-1]:
            self.parts[name], self.targets[name] = 0, []
        for owner in {"", *self.open_ids}:
            self.parts[owner] += 1
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value, local)
        if local.lower() == "style":
            self.style = []

    def first_undrawn(self) -> str:
        """The first thing that the PDF engine does not draw as a browser does; empty if there is none."""
        words = "".join(self.words).strip()
        if words and self.fills_text:
            self.undrawn["a gradient in text"] = None
        if any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in words):
            self.undrawn["text from right to left"] = None
        return next(iter(self.undrawn), "")

    def _note_undrawn(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "text":
            self.words.append(" ")
            self.in_text += 1
        if tag not in _DRAWN_ELEMENTS or self._is_undrawn_here(tag, self.tags[:-1]):
            self.undrawn[tag] = None
        typed = " ".join(f"{key}:{value}" for key, value in attributes.items())
        if re.search(r"direction\s*:\s*rtl", typed) and not re.search(r"text-anchor\s*:\s*middle", typed):
            advice = 'delete it, and write text-anchor="end" where the text ends at its x'
            raise self._refused("has 'direction: rtl', by which printed pictures cannot place text", advice)
        if tag == "ellipse" and not {"rx", "ry"} <= attributes.keys():
            self.undrawn[tag] = None
        for key, value in attributes.items():
            space, _, name = key.rpartition(" ")
            if name == "style":
                self._note_undrawn_css(value, tag)
            elif name not in _DRAWN_ATTRIBUTES and not _IDLE.fullmatch(name) and not space:
                self.undrawn[name] = None
            else:
                self._note_undrawn_value(name, value, tag)

    def _note_undrawn_css(self, declarations: str, tag: str) -> None:
        for declaration in declarations.split(";"):
            typed, _, value = declaration.partition(":")
            name = typed.strip().lower()
            if name in _PLACES and tag != "svg":
                raise self._refused(f"has '{name}:' in its styles, which printed pictures cannot have", _PLAINER)
            if name and (name != typed.strip() or (name not in _DRAWN_PROPERTIES and not _IDLE.fullmatch(name))):
                self.undrawn[name] = None
            self._note_undrawn_value(name, value, tag)

    def _note_undrawn_value(self, name: str, value: str, tag: str) -> None:
        if name in _DRAWN_PROPERTIES and (found := _FUNCTION.search(value)):
            raise self._refused(f"has '{found[0]}…)' in its styles, which printed pictures cannot have", _PLAINER)
        value = value.replace("!important", "").strip()
        other = _UNDRAWN_VALUES.get(name)
        if self._is_undrawn_here(name, self.tags[1:] or self.tags) or (other and re.fullmatch(other, value, re.DOTALL)):
            self.undrawn[name] = None
        if name == "fill" and value.startswith("url(") and tag in {"", "a", "g", "svg", "text", "tspan"}:
            self.fills_text = True

    @staticmethod
    def _is_undrawn_here(name: str, tags: list[str]) -> bool:
        """Whether the engine does not draw this inside these elements; the last one has the property or attribute."""
        return not _UNDRAWN_IN.get(name, set()).isdisjoint(tags)

    def _attribute(self, name: str, value: str, tag: str) -> None:
        if name.startswith("on"):
            raise self._unsafe("a script")
        if name == "base":
            raise self._unsafe("an address that all others start from")
        if name == "href" and value.startswith("#"):
            self._add_reference(value[1:])
        if name in {"href", "src"} and not value.startswith("#"):
            if tag == "image" and _EMBEDDED_PICTURE.fullmatch(value.strip()):
                return
            if tag == "image" and value.strip().startswith("data:"):
                advice = "embed it as PNG or JPEG, or save the whole picture as PNG"
                raise self._refused("holds a picture that is neither PNG nor JPEG", advice)
            outside = f"a reference to something outside it ({value.strip()[:40]})"
            raise self._unsafe("a link" if tag == "a" else outside)
        if tag in _ANIMATIONS and name == "attributename" and value.lower().endswith("href"):
            raise self._unsafe("a reference that changes")
        self._css(value)

    def _css(self, text: str) -> None:
        for address in addresses(text):
            if address.startswith("#"):
                self._add_reference(address[1:])
            elif address == "@import":
                raise self._unsafe("a style from outside it")
            elif not _EMBEDDED_PICTURE.fullmatch(address):
                raise self._unsafe(f"a reference to something outside it ({address[:40]})")

    def _add_reference(self, target: str) -> None:
        for owner in {"", *self.open_ids}:
            self.targets[owner].append(target)

    def drawn(self) -> None:
        """Raise FileRefused if references multiply elements beyond the limit, or form a cycle."""
        sizes: dict[str, int] = {}

        def size(name: str, ancestors: frozenset[str]) -> int:
            if name in ancestors or len(ancestors) > MAX_NAMED:
                raise self._too_complex()
            if name not in sizes:
                path = ancestors | {name}
                sizes[name] = self.parts[name] + sum(size(t, path) for t in self.targets[name] if t in self.parts)
            if sizes[name] > MAX_DRAWN:
                raise self._too_complex()
            return sizes[name]

        size("", frozenset())

    def _refused(self, reason: str, advice: str) -> FileRefused:
        return FileRefused("picture", f"'{self.name}' {reason}", advice)

    def _no_picture(self) -> FileRefused:
        return self._refused("is no picture that can be read", "use an SVG, PNG or JPEG file")

    def _too_complex(self) -> FileRefused:
        return self._refused("is too intricate to be set", "simplify it, or save it as PNG")

    def _unsafe(self, content: str) -> FileRefused:
        return self._refused(f"holds {content}, which a picture must not", "save it again as plain SVG, or as PNG")

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self.open_ids.pop()
        self.in_text -= tag == f"{_SVG} text"
        if tag.startswith(f"{_SVG} "):
            self.tags.pop()
        if tag.rpartition(" ")[2].lower() == "style" and self.style is not None:
            rules = "".join(self.style)
            self._css(rules)
            for before, after in pairwise(_decoded(rules).split("{")):
                selector = before.rpartition("}")[2].strip()
                self._note_undrawn_css(after.partition("}")[0], "svg" if re.search(r"svg|:root", selector) else "")
                if "@" in selector or ":" in selector:
                    self.undrawn[selector] = None
            self.style = None

    def _text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)
        elif self.in_text:
            self.words.append(text)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_own_part: bool) -> None:  # noqa: FBT001
        """Accept a plain document type, which is not fetched; refuse declarations in it."""
        if has_own_part:
            self._entity()

    def _entity(self, *_: Any) -> None:
        advice = "delete the line that begins with <!DOCTYPE, or save it again as plain SVG"
        raise self._refused("has declarations or entities of its document type, which are not taken", advice)

    def _instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise self._unsafe("a style from outside it")


def addresses(css: str) -> Iterator[str]:
    """The addresses in CSS, also with escapes; ``@import`` for an imported style sheet."""
    decoded = _decoded(css)
    if "@import" in decoded.lower():
        yield "@import"
    for match in _URL.finditer(decoded):
        yield next(part for part in match.groups() if part is not None).strip(" \"'\n")
    rest = _URL.sub("", decoded)
    if re.search(r"(?:image-set|image|src)\s*\(", rest, re.IGNORECASE):
        yield rest.strip()


def _decoded(css: str) -> str:
    r"""CSS without comments and with escapes decoded: ``@\69mport`` is an import too."""
    return re.sub(
        r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))",
        lambda match: chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else match[2],
        _COMMENT.sub("", css),
        flags=re.DOTALL,
    )


def _length(value: str | None) -> float:
    match = re.fullmatch(rf"\s*({_NUMBER})\s*([A-Za-z]*)\s*", value or "")
    if match is None or match[2].lower() not in _UNITS:
        return 0.0
    return float(match[1]) * _UNITS[match[2].lower()]
