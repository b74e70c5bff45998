"""Draft -> Edition: the audience's share of the content, with every citation and reference tied. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.model import Brief, Project

from .draft import Draft, Picture, Places

__all__ = ["Edition", "resolve"]

Audience = Literal["internal", "handout"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One brief for one audience, ready to be set. ``marking`` is "" where there is none."""

    audience: Audience
    brief: Brief
    name: str
    file: str
    project: Project
    pictures: Mapping[str, Picture]
    places: Places
    marking: str
    language: str
    theme: str
    paper: str


def resolve(draft: Draft, audience: Audience) -> Edition:
    """The edition for an audience. Raises ContentError with all that is wrong with it."""
    brief = draft.brief
    marking = brief.marking or ""
    return Edition(
        audience, brief, draft.name, draft.file, draft.project, draft.pictures, draft.places,
        "" if marking.lower() == "none" else str(marking), str(brief.language or "en-GB"),
        str(brief.layout.theme or "standard"), brief.layout.paper or "A4",
    )
