"""Draft -> Edition: the content for one audience, with its citations, references and extracts checked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from briefing.assets.pictures import Picture
from briefing.countries.own import OwnOutlines
from briefing.diagnostics import ContentError, Diagnostic, errors
from briefing.markup import markdown
from briefing.markup.references import Uses
from briefing.markup.walk import blocks_of, markdown_texts, plain_text, source_keys, texts
from briefing.model import Brief, Project, PullQuote
from briefing.model.audience import EditionKind
from briefing.model.blocks.common import BlockPart
from briefing.model.data_path import DataPath
from briefing.parser.source_map import SourceMap
from briefing.reading.draft import Draft

from .country_pictures import CountryPictures, country_pictures, without_none
from .final import open_items
from .markings import too_high_markings, unknown_markings
from .visibility import pictures_of, redact

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"})


@dataclass(frozen=True, slots=True)
class Edition:
    """One brief for one audience, ready to be set.

    ``marking`` is "" if there is none. In a handout the brief, the pictures and the source map have nothing internal,
    and the marking of the brief is that of the handout. ``diagnostics`` are warnings.
    """

    kind: EditionKind
    brief: Brief
    name: str
    file: str
    project: Project
    pictures: Mapping[str, Picture]
    source_map: SourceMap
    marking: str
    language: str
    theme: str
    paper: str
    drawn: CountryPictures = field(default_factory=CountryPictures)
    outlines: Mapping[str, OwnOutlines] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def resolve(draft: Draft, kind: EditionKind) -> Edition:
    """The edition of a kind. Raises ContentError with all diagnostics if one of them is an error."""
    whole, project, source_map = draft.brief, draft.project, draft.source_map
    brief, pictures, drawn = without_none(whole), draft.pictures, country_pictures(whole)
    found: list[Diagnostic] = []
    marking = _marking(whole.marking)
    if kind == "handout":
        redacted = redact(whole)
        source_map = source_map.without(redacted.dropped, redacted.hidden)
        if marking and whole.handout_marking is None:
            found.append(_no_handout_marking(draft, marking))
        marking = _marking(whole.handout_marking)
        own = {"marking": whole.handout_marking, "handout_marking": whole.handout_marking}
        brief = without_none(redacted.brief).replace(**own)
        project = project.replace(**own, markings=())
        shown = pictures_of(brief) | {str(project.logo or ""), drawn.flag}
        pictures = {name: picture for name, picture in pictures.items() if name in shown}
    order, handout = tuple(draft.project.markings), kind == "handout"
    if not found:
        found.extend(unknown_markings(brief, marking, order, source_map, handout=handout))
        found.extend(too_high_markings(brief, marking, order, source_map, handout=handout))
        found.extend(open_items(brief, source_map, marked=_is_marked(whole, kind)))
    found.extend(_unresolved(brief, whole, source_map))
    found.extend(_unknown_extracts(brief, whole, source_map))
    if handout and not (brief.sections or brief.key_points or brief.annexes):
        message = "everything in this brief is internal: nothing is left for the handout"
        advice = "give a section to all, or build the internal edition alone"
        found.append(Diagnostic("nothing-to-set", message, file=draft.file, help=advice))
    found.sort(key=lambda d: d.order)
    if errors(found):
        raise ContentError(*found)
    return Edition(
        kind,
        brief,
        draft.name,
        draft.file,
        project,
        pictures,
        source_map,
        marking,
        str(brief.language or "en-GB"),
        str(brief.layout.theme or "standard"),
        brief.layout.paper or "A4",
        drawn,
        draft.outlines,
        tuple(found),
    )


def _is_marked(whole: Brief, kind: EditionKind) -> bool:
    """Whether the brief sets a marking for the edition; ``marking: none`` is valid for a handout too."""
    if kind == "internal":
        return whole.marking is not None
    return whole.handout_marking is not None or (whole.marking is not None and not _marking(whole.marking))


def _marking(marking: str | None) -> str:
    """The text of a marking; empty for None and for the word ``none``."""
    return "" if marking is None or marking.strip().lower() == "none" else str(marking)


def _no_handout_marking(draft: Draft, marking: str) -> Diagnostic:
    path: DataPath = ("marking",) if draft.source_map.real(("marking",)) else ("title",)
    message = f"this brief is marked {marking}, but nothing says how its handout is marked"
    advice = "add handout_marking: to the brief or to briefing.yaml; 'none' if the handout bears no marking"
    return draft.source_map.diagnostic("handout-marking", message, path, key=True, help=advice)


def _unresolved(brief: Brief, whole: Brief, source_map: SourceMap) -> Iterator[Diagnostic]:
    """A diagnostic for each citation and reference whose target is not in this edition, or has no name."""
    uses = Uses()
    for path, key in source_keys(brief):
        uses.add_source(key, source_map.span(path))
    for path, text in markdown_texts(brief):
        uses.add_text(text, partial(source_map.span, path))
    parts = {str(part.id): part for part in _parts_with_id(brief)}
    internal = {str(part.id) for part in _parts_with_id(whole)} - parts.keys()
    for target in [target for target in uses.ids if target in internal]:
        for span, _ in uses.ids.pop(target):
            message = f"this refers to '{target}', which is internal and not in the handout"
            advice = "take the reference out, or put its passage into a section with audience: internal"
            yield source_map.diagnostic_at(span, "handout-reference", message, help=advice)
    yield from uses.unknown_sources([str(key) for key in brief.sources], source_map)
    yield from uses.unknown_ids(parts.keys(), source_map)
    for target, own_uses in uses.ids.items():
        if target in parts and not _has_name(parts[target]):
            for span in (span for span, fragment in own_uses if fragment.startswith("[[")):
                message = f"what has the id '{target}' has no title or caption, so a reference to it has no words"
                advice = f"give it one, or write the reference as a link with words: [the figures](#{target})"
                yield source_map.diagnostic_at(span, "reference-without-name", message, help=advice)


def _parts_with_id(brief: Brief) -> Iterator[Any]:
    """The meetings, sections, annexes and blocks that have an id."""
    parts = (*brief.meetings, *brief.sections, *brief.annexes, *(block for _, block in blocks_of(brief, BlockPart)))
    yield from (part for part in parts if getattr(part, "id", None) is not None)


def _has_name(part: Any) -> bool:
    """Whether the part has a title or caption, which a reference to it prints."""
    return any(getattr(part, name, None) for name in ("title", "caption"))


def _unknown_extracts(brief: Brief, whole: Brief, source_map: SourceMap) -> Iterator[Diagnostic]:
    """A diagnostic for each pull quote without a speaker whose text does not occur in the edition."""
    extracts = [(path, quote.text) for path, quote in blocks_of(brief, PullQuote) if quote.by is None]
    edition_text = _running_text(brief) if extracts else ""
    for path, extract in extracts:
        plain = " ".join(markdown.plain(extract).split()).translate(_QUOTES).casefold()
        words = re.sub(r"[.,;:…!?]+$", "", plain)
        if words in edition_text:
            continue
        message = "these words do not stand in the brief word for word, and nobody is named who said them"
        advice = "copy the words from the text; if it is a quotation, add by: and source:"
        if words in _running_text(whole):
            message = "this extract stands only in a passage that is internal and not in the handout"
            advice = "choose words that stand in the handout, or add audience: internal to the pull quote"
        yield source_map.diagnostic("extract-not-in-text", message, (*path, "text"), help=advice)


def _running_text(brief: Brief) -> str:
    """The text of a brief without its pull quotes, for comparisons: differences in quotes, spaces and case are removed.

    Paragraphs are separated by ¶, because an extract must be from one paragraph.
    """
    quotes = {(*path, "text") for path, _ in blocks_of(brief, PullQuote)}
    lines = (line for path, text in texts(brief) if path not in quotes for line in plain_text(text).split("\n"))
    return "¶".join(" ".join(line.split()) for line in lines).translate(_QUOTES).casefold()
