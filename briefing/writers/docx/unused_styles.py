"""Remove unused styles; keep those that the brief uses, those they are based on, and a fixed list for editing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .ooxml.elements import XmlElement, name, val

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
    for identity, style in known.items():
        if style.get(name("w:default")) == "1" or val(style, "w:name") in KEPT:
            wanted.add(identity)
    kept = _with_bases(wanted.union(also), known)
    for identity, style in known.items():
        if identity not in kept:
            styles.remove(style)
            continue
        for reference in style.findall(name("w:next")) + style.findall(name("w:link")):
            if reference.get(_VALUE) not in kept:
                style.remove(reference)
    _remove_unused_lists(numbering, kept, [styles, *stories])


def _with_bases(wanted: Iterable[str], known: Mapping[str, XmlElement]) -> set[str]:
    """The ids of the styles, and of those that they are based on."""
    kept: set[str] = set()
    todo = list(wanted)
    while todo:
        identity = todo.pop()
        if identity in known and identity not in kept:
            kept.add(identity)
            todo.append(val(known[identity], "w:basedOn"))
    return kept


def _remove_unused_lists(numbering: XmlElement, kept: set[str], users: Sequence[XmlElement]) -> None:
    """Remove unused lists, and the references of the others to removed styles."""
    used = {number.get(_VALUE) for user in users for number in user.iter(name("w:numId"))}
    definitions = set()
    for instance in numbering.findall(name("w:num")):
        if instance.get(name("w:numId")) in used:
            definitions.add(val(instance, "w:abstractNumId"))
        else:
            numbering.remove(instance)
    for definition in numbering.findall(name("w:abstractNum")):
        if definition.get(name("w:abstractNumId")) not in definitions:
            numbering.remove(definition)
            continue
        for level in definition.iterfind(name("w:lvl")):
            style = level.find(name("w:pStyle"))
            if style is not None and style.get(_VALUE) not in kept:
                level.remove(style)
