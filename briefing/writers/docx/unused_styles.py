"""Remove unused styles; keep those that the brief uses, those they are based on, and a fixed list for editing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .ooxml.elements import XmlElement, name

#: Styles that someone who edits the document may need, used in the brief or not; by Word's names.
KEPT = frozenset(
    (
        "Normal", "Body Text", "Title", "heading 1", "heading 2", "heading 3", "List Bullet", "List Bullet 2",
        "List Number", "List Number 2", "Quote", "Intense Quote", "Attribution", "caption", "Table Text", "Table Head",
        "Brief Table", "footnote text", "footnote reference", "Hyperlink", "Strong", "Emphasis",
    )
)  # fmt: skip
_USES = tuple(map(name, ("w:pStyle", "w:rStyle", "w:tblStyle")))
_VALUE = name("w:val")


def remove_unused_styles(
    styles: XmlElement, numbering: XmlElement, stories: Sequence[XmlElement], also: Iterable[str] = ()
) -> None:
    """Remove the styles and lists that neither the stories use nor :data:`KEPT` names. ``also`` are ids to keep.

    The style that a kept style is based on is kept too. Its next and linked styles may be removed, with the reference.
    """
    known = {style.get(name("w:styleId")) or "": style for style in styles.iterfind(name("w:style"))}
    wanted = {value for story in stories for use in story.iter(*_USES) if (value := use.get(_VALUE))}
    wanted |= {identity for identity, style in known.items() if _is_kept(style)}
    wanted |= set(also)
    kept = set(_with_bases(wanted, known))
    for identity, style in known.items():
        if identity not in kept:
            styles.remove(style)
            continue
        for tag in ("w:next", "w:link"):
            reference = style.find(name(tag))
            if reference is not None and reference.get(_VALUE) not in kept:
                style.remove(reference)
    _prune_lists(numbering, kept, [styles, *stories])


def _is_kept(style: XmlElement) -> bool:
    """Whether a style is a default, or one of the fixed list."""
    label = style.find(name("w:name"))
    return style.get(name("w:default")) == "1" or (label is not None and label.get(_VALUE) in KEPT)


def _with_bases(wanted: Iterable[str], known: dict[str, XmlElement]) -> Iterator[str]:
    """The ids of the styles, and of those that they are based on."""
    for start in wanted:
        identity: str | None = start
        while identity in known:
            yield identity
            base = known[identity].find(name("w:basedOn"))
            identity = base.get(_VALUE) if base is not None else None


def _prune_lists(numbering: XmlElement, kept: set[str], users: Sequence[XmlElement]) -> None:
    """Remove unused lists, and the references of the others to removed styles."""
    used = {number.get(_VALUE) for user in users for number in user.iter(name("w:numId"))}
    abstract = set()
    for instance in numbering.findall(name("w:num")):
        base = instance.find(name("w:abstractNumId"))
        if instance.get(name("w:numId")) not in used:
            numbering.remove(instance)
        elif base is not None:
            abstract.add(base.get(_VALUE))
    for definition in numbering.findall(name("w:abstractNum")):
        if definition.get(name("w:abstractNumId")) not in abstract:
            numbering.remove(definition)
            continue
        for level in definition.iterfind(name("w:lvl")):
            style = level.find(name("w:pStyle"))
            if style is not None and style.get(_VALUE) not in kept:
                level.remove(style)
