"""SVG pictures: measured, and refused when they run, call out, or hold more than a picture should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from .files import Refusal

__all__ = ["addresses", "measure"]

MAX_ELEMENTS = 50_000
MAX_DEPTH = 64
#: Parts with an id that may stand, or refer to each other, inside each other.
MAX_NAMED = 64
#: Parts of the picture when each copy of a part is counted as often as it is drawn.
MAX_DRAWN = 100_000

#: CSS px in one of each unit (CSS Values and Units 4, section 6.2).
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}

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
_INNER_PICTURE = re.compile(r"data:image/(png|jpeg|jpg);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
#: A bracket that is never closed is closed by the end of the text, in CSS; so is a comment. Each alternative takes what
#: it finds without looking back, so that no text takes long.
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*))""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


def measure(name: str, data: bytes) -> tuple[float, float]:
    """Width and height of an SVG picture in CSS px.

    Raises Refusal for what is no SVG, and for one with a document type, entities, scripts, event attributes, foreign
    markup or references to anything outside the file.
    """
    reader = _Reader(name)
    reader.feed(data)
    reader.drawn()
    return reader.size()


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.root: dict[str, str] | None = None
        self.depth = self.count = 0
        #: For each id: how many parts it has, and which ids they refer to. "" is the picture as a whole.
        self.parts: dict[str, int] = {"": 0}
        self.targets: dict[str, list[str]] = {"": []}
        self.open_ids: list[str] = []
        self.style: list[str] | None = None

    def feed(self, data: bytes) -> None:
        """Read the picture to its end."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            if self.root is None:
                raise Refusal(
                    "picture", f"'{self.name}' is no picture that can be read", "use an SVG, PNG or JPEG file"
                ) from None
            raise Refusal(
                "picture",
                f"'{self.name}' is broken in line {error.lineno}: {expat.ErrorString(error.code)}",
                "export the picture again",
            ) from None
        except (ValueError, LookupError):  # an encoding that the parser does not know
            raise Refusal(
                "picture", f"'{self.name}' is no picture that can be read", "use an SVG, PNG or JPEG file"
            ) from None

    def size(self) -> tuple[float, float]:
        """Width and height in CSS px, from the attributes or the view box."""
        root = self.root or {}
        box = [
            float(part) for part in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", root.get("viewBox", ""))
        ][:4]
        width, height = _length(root.get("width")), _length(root.get("height"))
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            if width and not height:
                height = width * box[3] / box[2]
            elif height and not width:
                width = height * box[2] / box[3]
            elif not width and not height:
                width, height = box[2], box[3]
        if not width or not height:
            raise Refusal(
                "picture",
                f"'{self.name}' does not say how large it is",
                "give its svg element a viewBox, or width and height",
            )
        if not (0.1 <= width <= 100_000 and 0.1 <= height <= 100_000):
            raise Refusal("picture", f"'{self.name}' has an impossible size", "give its svg element a plain viewBox")
        return width, height

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        self.depth += 1
        self.count += 1
        if self.root is None:
            if local != "svg" or space != _SVG:
                raise Refusal(
                    "picture", f"'{self.name}' is no picture that can be read", "use an SVG, PNG or JPEG file"
                )
            self.root = attributes
        if self.depth > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise self._intricate()
        if local.lower() in _FORBIDDEN:
            raise self._unsafe(_FORBIDDEN[local.lower()])
        name = attributes.get("id", "")
        if len([known for known in self.open_ids if known]) >= MAX_NAMED:
            raise self._intricate()
        self.open_ids.append(name if name and name not in self.parts else "")
        if self.open_ids[-1]:
            self.parts[name], self.targets[name] = 0, []
        for owner in {"", *self.open_ids}:
            self.parts[owner] += 1
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value, local)
        if local.lower() == "style":
            self.style = []

    def _attribute(self, name: str, value: str, tag: str) -> None:
        if name.startswith("on"):
            raise self._unsafe("a script")
        if name == "base":
            raise self._unsafe("an address that all others start from")
        if name == "href" and value.startswith("#"):
            self._refer(value[1:])
        if name in {"href", "src"} and not value.startswith("#"):
            if tag == "image" and _INNER_PICTURE.fullmatch(value.strip()):
                return
            if tag == "a":
                raise self._unsafe("a link")
            raise self._unsafe(f"a reference to something outside it ({value.strip()[:40]})")
        if (
            tag in {"animate", "set", "animateTransform", "animateMotion"}
            and name == "attributename"
            and value.lower().endswith("href")
        ):
            raise self._unsafe("a reference that changes")
        self._css(value)

    def _css(self, text: str) -> None:
        for address in addresses(text):
            if address.startswith("#"):
                self._refer(address[1:])
            elif address == "@import":
                raise self._unsafe("a style from outside it")
            elif not _INNER_PICTURE.fullmatch(address):
                raise self._unsafe(f"a reference to something outside it ({address[:40]})")

    def _refer(self, target: str) -> None:
        for owner in {"", *self.open_ids}:
            self.targets[owner].append(target)

    def drawn(self) -> None:
        """Refuse copies of copies: a few lines can stand for a billion parts, or for ever."""
        sizes: dict[str, int] = {}

        def size(name: str, above: frozenset[str]) -> int:
            if name in above or len(above) > MAX_NAMED:
                raise self._intricate()
            if name not in sizes:
                below = above | {name}
                sizes[name] = self.parts[name] + sum(size(t, below) for t in self.targets[name] if t in self.parts)
            if sizes[name] > MAX_DRAWN:
                raise self._intricate()
            return sizes[name]

        size("", frozenset())

    def _intricate(self) -> Refusal:
        return Refusal("picture", f"'{self.name}' is too intricate to be set", "simplify it, or save it as PNG")

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self.open_ids.pop()
        if tag.rpartition(" ")[2].lower() == "style" and self.style is not None:
            self._css("".join(self.style))
            self.style = None

    def _text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def _doctype(self, *_: Any) -> None:
        raise Refusal(
            "picture",
            f"'{self.name}' has a document type or entities, which are not taken",
            "delete the line that begins with <!DOCTYPE, or save it again as plain SVG",
        )

    def _instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise self._unsafe("a style from outside it")

    def _unsafe(self, what: str) -> Refusal:
        return Refusal(
            "picture", f"'{self.name}' holds {what}, which a picture must not", "save it again as plain SVG, or as PNG"
        )


def addresses(css: str) -> Iterator[str]:
    """What a piece of CSS refers to, in any spelling; ``@import`` stands for a sheet that it would take in."""
    plain = _without_escapes(css)
    if "@import" in plain.lower():
        yield "@import"
    for match in _URL.finditer(plain):
        yield next(part for part in match.groups() if part is not None).strip(" \"'\n")
    rest = _URL.sub("", plain)
    if re.search(r"(?:image-set|image|src)\s*\(", rest, re.IGNORECASE):
        yield rest.strip()


def _without_escapes(css: str) -> str:
    r"""CSS with its comments and backslash escapes undone: ``@\69mport`` is an import too."""
    return re.sub(
        r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))",
        lambda match: chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else match[2],
        _COMMENT.sub("", css),
        flags=re.DOTALL,
    )


def _length(value: str | None) -> float:
    match = re.fullmatch(r"\s*((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*([A-Za-z]*)\s*", value or "")
    if match is None or match[2].lower() not in _UNITS:
        return 0.0
    return float(match[1]) * _UNITS[match[2].lower()]
