"""A draft: one brief as read, with its pictures and the positions of its fields in the content file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.assets.files import ReadFile
from briefing.assets.pictures import Picture
from briefing.countries.own import OwnOutlines
from briefing.diagnostics import Diagnostic
from briefing.model import Brief, Project
from briefing.parser.source_map import SourceMap


@dataclass(frozen=True, slots=True)
class Draft:
    """One brief as read: the content, its pictures by name, field positions, warnings, and the files read.

    ``outlines`` are those of the GeoJSON files that it names, by file name.
    ``original`` is the brief that this one translates. ``original_problem`` is the reason if it cannot be read.
    """

    name: str
    file: str
    brief: Brief
    project: Project
    pictures: Mapping[str, Picture]
    source_map: SourceMap
    diagnostics: tuple[Diagnostic, ...] = ()
    read_files: tuple[ReadFile, ...] = ()
    project_file: str = ""
    original: Brief | None = None
    original_problem: str = ""
    outlines: Mapping[str, OwnOutlines] = field(default_factory=dict)
