"""Only the styles that serve this brief: those it uses, those they stand on, and a few that a colleague reaches for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .ooxml.elements import XmlElement, name

__all__ = ["KEPT", "prune"]

#: What somebody who goes on writing looks for in the gallery, whether or not the brief has used it. By Word's names.
KEPT = frozenset(
    (
        "Normal", "Body Text", "Title", "heading 1", "heading 2", "heading 3", "List Bullet", "List Bullet 2",
        "List Number", "List Number 2", "Quote", "Intense Quote", "Attribution", "caption", "Table Text", "Table Head",
        "Brief Table", "footnote text", "footnote reference", "Hyperlink", "Strong", "Emphasis",
    )
)  # fmt: skip
_USES = tuple(map(name, ("w:pStyle", "w:rStyle", "w:tblStyle")))
_VAL = name("w:val")


def prune(styles: XmlElement, numbering: XmlElement, stories: Sequence[XmlElement], also: Iterable[str] = ()) -> None:
    """Take out of the styles and the lists what neither the stories use nor :data:`KEPT` names.

    ``also`` are ids to keep.

    A style that stands on another one keeps it; a style that follows or is linked may go, and the mention of it too.
    """
    known = {style.get(name("w:styleId")) or "": style for style in styles.iterfind(name("w:style"))}
    wanted = {value for story in stories for use in story.iter(*_USES) if (value := use.get(_VAL))}
    wanted |= {identity for identity, style in known.items() if _kept(style)}
    wanted |= set(also)
    kept = set(_with_their_grounds(wanted, known))
    for identity, style in known.items():
        if identity not in kept:
            styles.remove(style)
            continue
        for tag in ("w:next", "w:link"):
            mention = style.find(name(tag))
            if mention is not None and mention.get(_VAL) not in kept:
                style.remove(mention)
    _prune_lists(numbering, kept, [styles, *stories])


def _kept(style: XmlElement) -> bool:
    label = style.find(name("w:name"))
    return style.get(name("w:default")) == "1" or (label is not None and label.get(_VAL) in KEPT)


def _with_their_grounds(wanted: Iterable[str], known: dict[str, XmlElement]) -> Iterator[str]:
    """The styles with those that they are based on."""
    for start in wanted:
        identity: str | None = start
        while identity in known:
            yield identity
            ground = known[identity].find(name("w:basedOn"))
            identity = ground.get(_VAL) if ground is not None else None


def _prune_lists(numbering: XmlElement, kept: set[str], users: Sequence[XmlElement]) -> None:
    used = {number.get(_VAL) for user in users for number in user.iter(name("w:numId"))}
    abstract = set()
    for instance in numbering.findall(name("w:num")):
        ground = instance.find(name("w:abstractNumId"))
        if instance.get(name("w:numId")) not in used:
            numbering.remove(instance)
        elif ground is not None:
            abstract.add(ground.get(_VAL))
    for definition in numbering.findall(name("w:abstractNum")):
        if definition.get(name("w:abstractNumId")) not in abstract:
            numbering.remove(definition)
            continue
        for level in definition.iterfind(name("w:lvl")):
            style = level.find(name("w:pStyle"))
            if style is not None and style.get(_VAL) not in kept:
                level.remove(style)
