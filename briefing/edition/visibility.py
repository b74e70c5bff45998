"""Remove the internal parts of a brief for its handout, before anything is set. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from briefing.markup import markdown
from briefing.markup.walk import blocks_of, markdown_texts, plain_text, source_keys, texts
from briefing.model import Brief, FactBox, Figure, MarkdownText, Meeting, Model, Section, Visibility
from briefing.model.data_path import DataPath
from briefing.model.fields import SourceKey

_CITATION = re.compile(r"(\s*)(?<!\\)\[\s*(@[\w:.-]+(?:\s*[;,]\s*@[\w:.-]+)*)\s*\]")


@dataclass(frozen=True, slots=True)
class Redacted:
    """A brief without its internal parts, the paths of the dropped parts, and the keys of the dropped sources."""

    brief: Brief
    dropped: tuple[DataPath, ...]
    hidden: frozenset[str]


def redact(brief: Brief) -> Redacted:
    """Drop internal parts, the sources that only those cite, and the abbreviations that no longer occur."""
    dropped: list[DataPath] = []
    update: dict[str, Any] = {
        "sections": _sections(brief.sections, "sections", dropped),
        "annexes": _sections(brief.annexes, "annexes", dropped),
        "meetings": _meetings(brief.meetings, dropped),
        "fact_box": _fact_box(brief.fact_box, dropped),
        "key_figures": {label: figure for label, figure in brief.key_figures.items() if not _is_internal(figure)},
        # For the desk only; not for readers outside the ministry.
        "translation_of": None,
        "review_by": None,
    }
    dropped.extend(("key_figures", label) for label, figure in brief.key_figures.items() if _is_internal(figure))
    public = brief.replace(**update)
    # An abbreviation and a source may occur only in each other, so abbreviations are compared with the text alone.
    rest = _without_sources(brief, public.replace(glossary={}), [])
    public = _without_sources(brief, _without_abbreviations(public, rest, dropped), dropped)
    hidden = {str(key) for key in brief.sources} - {str(key) for key in public.sources}
    return Redacted(public, (*dropped, ("marking",)), frozenset(hidden))


def _is_internal(part: Any) -> bool:
    return getattr(part, "audience", Visibility.ALL) is Visibility.INTERNAL


def _sections(sections: tuple[Section, ...], name: str, dropped: list[DataPath]) -> tuple[Section, ...]:
    kept: list[Section] = []
    for index, section in enumerate(sections):
        if _is_internal(section):
            dropped.append((name, index))
            continue
        dropped.extend(
            (name, index, "body", number) for number, block in enumerate(section.body) if _is_internal(block)
        )
        kept.append(section.replace(body=tuple(block for block in section.body if not _is_internal(block))))
    return tuple(kept)


def _meetings(meetings: tuple[Meeting, ...], dropped: list[DataPath]) -> tuple[Meeting, ...]:
    """The public meeting sheets without their internal fields."""
    kept: list[Meeting] = []
    for index, meeting in enumerate(meetings):
        path = ("meetings", index)
        if _is_internal(meeting):
            dropped.append(path)
            continue
        if meeting.internal_only:
            dropped.append((*path, "internal_only"))
        topics = enumerate(meeting.if_raised)
        dropped.extend((*path, "if_raised", number, "background") for number, topic in topics if topic.background)
        public_topics = tuple(topic.replace(background=None) for topic in meeting.if_raised)
        kept.append(meeting.replace(internal_only=None, if_raised=public_topics))
    return tuple(kept)


def _fact_box(box: FactBox | None, dropped: list[DataPath]) -> FactBox | None:
    if box is None:
        return None
    facts = {label: fact for label, fact in box.facts.items() if not _is_internal(fact)}
    if _is_internal(box) or (not facts and box.picture is None and box.map is None):
        dropped.append(("fact_box",))
        return None
    dropped.extend(("fact_box", "facts", label) for label in box.facts if label not in facts)
    return box.replace(facts=facts)


def cited(part: Model) -> set[str]:
    """The keys of all sources that a part cites, in its texts or under ``source``."""
    keys = {str(key) for _, key in source_keys(part)}
    for _, text in markdown_texts(part):
        if "[@" in text:
            keys.update(markdown.citations(text))
    return keys


def _without_sources(whole: Brief, public: Brief, dropped: list[DataPath]) -> Brief:
    """The public brief without internal sources and their citations, and without sources that only dropped parts cite.

    The cited text stays.
    """
    internal = {str(key) for key, source in whole.sources.items() if _is_internal(source)}
    unused = (cited(whole) - cited(public.replace(sources={}))) | internal
    dropped.extend(("sources", str(key)) for key in whole.sources if str(key) in unused)
    kept = {key: source for key, source in whole.sources.items() if str(key) not in unused}
    public = public.replace(sources=kept)
    return cast(Brief, _strip_citations(public, internal)) if internal else public


def _strip_citations(value: Any, keys: set[str]) -> Any:
    if isinstance(value, Model):
        return value.replace(**{name: _strip_citations(getattr(value, name), keys) for name in value.fields})
    if isinstance(value, tuple):
        if value and all(isinstance(item, SourceKey) for item in value):
            return tuple(item for item in value if item not in keys)
        return tuple(_strip_citations(item, keys) for item in value)
    if isinstance(value, dict):
        return {key: _strip_citations(item, keys) for key, item in value.items()}
    if isinstance(value, MarkdownText) and "[@" in value:
        return type(value)(_CITATION.sub(lambda match: _strip_keys(match, keys), value))
    return value


def _strip_keys(match: re.Match[str], keys: set[str]) -> str:
    names = [name.strip()[1:] for name in re.split("[;,]", match[2])]
    kept = [name for name in names if name not in keys]
    if len(kept) == len(names):
        return match[0]
    return f"{match[1]}[{'; '.join('@' + name for name in kept)}]" if kept else ""


def _without_abbreviations(public: Brief, rest: Brief, dropped: list[DataPath]) -> Brief:
    """The public brief with only the abbreviations that occur in ``rest``."""
    all_text = "\n".join(plain_text(text) for _, text in texts(rest))
    kept = {term: text for term, text in public.glossary.items() if _occurs(term, all_text)}
    dropped.extend(("glossary", str(term)) for term in public.glossary if term not in kept)
    return public.replace(glossary=kept)


def _occurs(term: str, text: str) -> bool:
    """Whether a text uses an abbreviation: alone, or with up to two lower-case letters after it, as in FTAs."""
    endings = re.findall(rf"(?<!\w){re.escape(term)}(\w*)", text)
    return any(not ending or (len(ending) <= 2 and ending.islower()) for ending in endings)


def pictures_of(brief: Brief) -> set[str]:
    """The file names of all pictures in a brief."""
    names = {str(figure.image) for _, figure in blocks_of(brief, Figure)}
    box = brief.fact_box
    return names | {str(name) for name in ((box.picture, box.map and box.map.file) if box else ()) if name}
