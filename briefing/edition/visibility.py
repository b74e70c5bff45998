"""Remove the internal parts of a brief for its handout, before anything is set. Pure."""

from __future__ import annotations

import re
from typing import Any, cast

from briefing.markup import markdown
from briefing.markup.walk import markdown_texts, source_keys, texts
from briefing.model import Brief, Figure, InlineMarkdown, Markdown, MarkdownList, Meeting, Model, Section, Visibility
from briefing.model.data_path import DataPath
from briefing.model.fields import SourceKey

_CITATION = re.compile(r"(\s*)(?<!\\)\[\s*(@[\w:.-]+(?:\s*[;,]\s*@[\w:.-]+)*)\s*\]")


class Redacted:
    """A brief without its internal parts, the paths of the dropped parts, and the keys of the dropped sources."""

    def __init__(self, brief: Brief, dropped: tuple[DataPath, ...], hidden: frozenset[str]) -> None:
        self.brief = brief
        self.dropped = dropped
        self.hidden = hidden


def handout_share(brief: Brief) -> Redacted:
    """Drop internal parts, the sources that only those cite, and the abbreviations that no longer occur."""
    dropped: list[DataPath] = []
    update: dict[str, Any] = {
        "sections": _sections(brief.sections, "sections", dropped),
        "annexes": _sections(brief.annexes, "annexes", dropped),
        "meetings": _meetings(brief.meetings, dropped),
        "fact_box": _fact_box(brief, dropped),
        # For the desk only; not for readers outside the ministry.
        "translation_of": None,
        "review_by": None,
    }
    share = brief.replace(**update)
    # An abbreviation and a source may occur only in each other, so abbreviations are compared with the text alone.
    rest = _without_sources(brief, share.replace(glossary={}), [])
    share = _without_abbreviations(share, rest, dropped)
    share = _without_sources(brief, share, dropped)
    hidden = {str(key) for key in brief.sources} - {str(key) for key in share.sources}
    return Redacted(share, (*dropped, ("marking",)), frozenset(hidden))


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
    dropped.extend(("meetings", index) for index, meeting in enumerate(meetings) if _is_internal(meeting))
    dropped.extend(
        ("meetings", index, "internal_only")
        for index, meeting in enumerate(meetings)
        if not _is_internal(meeting) and meeting.internal_only
    )
    dropped.extend(
        ("meetings", index, "if_raised", number, "background")
        for index, meeting in enumerate(meetings)
        if not _is_internal(meeting)
        for number, topic in enumerate(meeting.if_raised)
        if topic.background
    )
    return tuple(_public_sheet(meeting) for meeting in meetings if not _is_internal(meeting))


def _public_sheet(meeting: Meeting) -> Meeting:
    """A meeting sheet without its internal fields."""
    topics = tuple(topic.replace(background=None) for topic in meeting.if_raised)
    return meeting.replace(internal_only=None, if_raised=topics)


def _fact_box(brief: Brief, dropped: list[DataPath]) -> Any:
    box = brief.fact_box
    if box is None:
        return None
    if _is_internal(box):
        dropped.append(("fact_box",))
        return None
    facts = {label: fact for label, fact in box.facts.items() if not _is_internal(fact)}
    dropped.extend(("fact_box", "facts", label) for label in box.facts if label not in facts)
    if not facts and box.picture is None and box.map is None:
        dropped.append(("fact_box",))
        return None
    return box.replace(facts=facts)


def cited(part: Model) -> set[str]:
    """The keys of all sources that a part cites, in its texts or under ``source``."""
    keys = {str(key) for _, key in source_keys(part)}
    for _, text in markdown_texts(part):
        if "[@" in text:
            keys.update(markdown.citations(text))
    return keys


def _without_sources(whole: Brief, share: Brief, dropped: list[DataPath]) -> Brief:
    """The share without internal sources and their citations, and without sources that only dropped parts cite."""
    without_list = share.replace(sources={})
    internal = {str(key) for key, source in whole.sources.items() if _is_internal(source)}
    unused = (cited(whole) - cited(without_list)) | internal
    dropped.extend(("sources", str(key)) for key in whole.sources if str(key) in unused)
    kept = {key: source for key, source in whole.sources.items() if str(key) not in unused}
    return _without_citations(share.replace(sources=kept), internal)


def _without_citations(share: Brief, keys: set[str]) -> Brief:
    """The share without the citations of some sources; the cited text stays."""
    if not keys:
        return share
    result = _strip_citations(share, keys)
    return cast(Brief, result)


def _strip_citations(value: Any, keys: set[str]) -> Any:
    if isinstance(value, Model):
        return value.replace(**{name: _strip_citations(getattr(value, name), keys) for name in value.fields})
    if isinstance(value, tuple):
        if value and all(isinstance(item, SourceKey) for item in value):
            return tuple(item for item in value if item not in keys)
        return tuple(_strip_citations(item, keys) for item in value)
    if isinstance(value, dict):
        return {key: _strip_citations(item, keys) for key, item in value.items()}
    if isinstance(value, InlineMarkdown | Markdown | MarkdownList) and "[@" in value:
        return type(value)(_CITATION.sub(lambda match: _strip_keys(match, keys), value))
    return value


def _strip_keys(match: re.Match[str], keys: set[str]) -> str:
    names = [name.strip()[1:] for name in re.split("[;,]", match[2])]
    kept = [name for name in names if name not in keys]
    if len(kept) == len(names):
        return match[0]
    return f"{match[1]}[{'; '.join('@' + name for name in kept)}]" if kept else ""


def _without_abbreviations(share: Brief, rest: Brief, dropped: list[DataPath]) -> Brief:
    """The share with only the abbreviations that occur in ``rest``."""
    all_text = "\n".join(
        markdown.plain(text) if isinstance(text, InlineMarkdown | Markdown | MarkdownList) else text
        for _, text in texts(rest)
    )
    kept = {term: text for term, text in share.glossary.items() if _occurs(term, all_text)}
    dropped.extend(("glossary", str(term)) for term in share.glossary if term not in kept)
    return share.replace(glossary=kept)


def _occurs(term: str, text: str) -> bool:
    """Whether a text uses an abbreviation: alone, or with up to two lower-case letters after it, as in FTAs."""
    endings = re.findall(rf"(?<!\w){re.escape(term)}(\w*)", text)
    return any(not ending or (len(ending) <= 2 and ending.islower()) for ending in endings)


def pictures_of(brief: Brief) -> set[str]:
    """The file names of all pictures in a brief."""
    names = {
        str(block.image)
        for section in (*brief.sections, *brief.annexes)
        for block in section.body
        if isinstance(block, Figure)
    }
    if brief.fact_box is not None:
        names |= {str(name) for name in (brief.fact_box.picture, brief.fact_box.map) if name}
    return names
