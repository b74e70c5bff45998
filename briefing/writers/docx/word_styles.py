"""Map the galley's classes to the document's styles, each looked up once."""

from __future__ import annotations

from briefing.diagnostics import Diagnostic, Severity

from .base.style_table import style_id
from .ooxml.elements import XmlElement, el, name


def style_name(class_name: str) -> str:
    """The Word name of a class's style: ``pull-quote`` is *Pull Quote*."""
    return " ".join(word[:1].upper() + word[1:] for word in class_name.replace("_", "-").split("-"))


class Styles:
    """The styles of one document. For a class without a style it adds one, based on *Body Text*, and a warning."""

    def __init__(self, part: XmlElement) -> None:
        self._part = part
        self._ids: dict[tuple[str, str], str] = {}
        self.diagnostics: list[Diagnostic] = []
        for style in part.iterfind(name("w:style")):
            label = style.find(name("w:name"))
            if label is not None:
                key = (style.get(name("w:type")) or "", (label.get(name("w:val")) or "").lower())
                self._ids[key] = style.get(name("w:styleId")) or ""

    def has(self, style: str, kind: str = "paragraph") -> bool:
        """Whether the document has the style of that name."""
        return (kind, style.lower()) in self._ids

    def paragraph(self, style: str, *, based: str = "Body Text") -> str:
        """The id of a paragraph style, by its name in Word."""
        found = self._ids.get(("paragraph", style.lower()))
        return found if found is not None else self._create("paragraph", style, self.paragraph(based))

    def character(self, style: str) -> str:
        """The id of a character style by its name, or of the character style linked to a paragraph style."""
        for label in (style, f"{style} Char"):
            found = self._ids.get(("character", label.lower()))
            if found is not None:
                return found
        return self._create("character", style if not self.has(style) else f"{style} Char", "DefaultParagraphFont")

    def table(self, style: str) -> str:
        """The id of a table style, by its name in Word."""
        return self._ids.get(("table", style.lower()), "TableNormal")

    def _create(self, kind: str, style: str, based: str) -> str:
        taken = {identity.lower() for identity in self._ids.values()}
        identity = style_id("".join(c if c.isascii() and c.isalnum() else " " for c in style)) or "Style"
        while identity.lower() in taken:
            identity += "A"
        self._part.append(
            el(
                "w:style",
                el("w:name", val=style),
                el("w:basedOn", val=based),
                el("w:uiPriority", val=50),
                el("w:qFormat"),
                type=kind,
                customStyle=1,
                styleId=identity,
            )
        )
        self._ids[kind, style.lower()] = identity
        class_name = style.lower().replace(" ", "-")
        base = "Body Text" if kind == "paragraph" else "the text around it"
        self.diagnostics.append(
            Diagnostic(
                "unknown-style",
                f"the theme has no style '{class_name}'; in Word it looks like {base}",
                Severity.WARNING,
                help=f"add '{class_name}' under 'styles' in the theme's theme.yaml, or use a class that is there",
            )
        )
        return identity
