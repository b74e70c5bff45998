"""Files -> Draft: find the project, read the brief and its defaults, load its pictures and tables.

Nothing after this step opens a file that the brief names.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from briefing.assets.files import FileRefused, Files, as_stored
from briefing.assets.geojson import MAX_BYTES as OUTLINES_MAX_BYTES
from briefing.assets.geojson import read_outlines
from briefing.assets.pictures import Picture, load_picture
from briefing.assets.tables import fill_chart, fill_table
from briefing.countries import atlas
from briefing.countries.own import OwnOutlines
from briefing.diagnostics import ContentError, Diagnostic, SetupError, Severity, did_you_mean, errors
from briefing.markup.walk import blocks_of
from briefing.model import Block, Brief, Chart, Figure, Map, Section, Table
from briefing.model.country_map import MapContent
from briefing.model.data_path import DataPath
from briefing.parser.characters import bad_characters
from briefing.parser.decode import MAX_BYTES
from briefing.parser.source_map import SourceMap
from briefing.project import PROJECT_FILE, find_project

from .draft import Draft
from .reader import ReadResult, read


def load_draft(content: Path, project: Path | None = None) -> Draft:
    """Read a brief and the files that it names.

    Raises ContentError with all diagnostics if one of them is an error; otherwise the draft has the warnings.
    """
    root = find_project(content) if project is None else project
    files, name, project_file = Files(root, content), content.as_posix(), (root / PROJECT_FILE).as_posix()
    _refuse_name(name)
    result = read(files.brief(), name, project=files.defaults(), project_file=project_file)
    found = list(result.diagnostics)
    brief, pictures, outlines = result.brief, {}, {}
    if brief is not None:
        brief = _with_csv_data(brief, result.source_map, files, found)
        pictures = _load_pictures(brief, result, files, found)
        outlines = _load_outlines(brief, result, files, found)
    if brief is None or errors(found):
        raise ContentError(*sorted(found, key=lambda d: d.order))
    original, problem = _original(brief, files)
    return Draft(
        content.stem,
        name,
        brief,
        result.project,
        pictures,
        result.source_map,
        tuple(found),
        tuple(files.read_files),
        project_file,
        original,
        problem,
        outlines,
    )


def _refuse_name(name: str) -> None:
    """Raise SetupError for a file name with refused characters: messages and outputs contain the name."""
    decoded = name
    with contextlib.suppress(UnicodeError):  # in the C locale, Python decodes names as ASCII
        decoded = os.fsencode(name).decode("utf-8")
    for bad in bad_characters(decoded, 1):
        message = f"the name of this file, or of its folder, holds {bad.name}"
        raise SetupError(Diagnostic("file-name", message, file=name, help="give it a plain name and run again"))


def _original(brief: Brief, files: Files) -> tuple[Brief | None, str]:
    """The brief that this one translates, with its tables, or the reason why it cannot be read.

    Its diagnostics are not reported.
    """
    name = brief.translation_of
    if name is None:
        return None, ""
    try:
        result = read(files.read(name, 2 * MAX_BYTES), name)
    except FileRefused as refusal:
        return None, str(refusal)
    if result.brief is None:
        return None, f"'{name}' has errors"
    original_files = Files(files.root, as_stored(files.folder, name), files.read_files)
    return _with_csv_data(result.brief, result.source_map, original_files, []), ""


def _with_csv_data(brief: Brief, source_map: SourceMap, files: Files, found: list[Diagnostic]) -> Brief:
    """The brief with the rows of its tables and the numbers of its charts loaded from their files."""
    language = str(brief.language or "en-GB")

    def loaded(block: Block, path: DataPath) -> Block:
        def report(refusal: FileRefused) -> None:
            key = refusal.key or "csv"
            found.append(_diagnostic(refusal, source_map, (*path, key), key=key != "csv"))

        try:
            if isinstance(block, Table):
                return fill_table(block, files, language, report)
            return fill_chart(block, files, language, report) if isinstance(block, Chart) else block
        except FileRefused as refusal:
            report(refusal)
            return block

    def sections(name: str) -> tuple[Section, ...]:
        return tuple(
            section.replace(body=tuple(loaded(block, (name, i, "body", n)) for n, block in enumerate(section.body)))
            for i, section in enumerate(getattr(brief, name))
        )

    return brief.replace(sections=sections("sections"), annexes=sections("annexes"))


def _load_pictures(brief: Brief, result: ReadResult, files: Files, found: list[Diagnostic]) -> dict[str, Picture]:
    pictures: dict[str, Picture] = {}
    named = [(name, path, files, result.source_map) for name, path in _named_pictures(brief)]
    if result.project.logo is not None and result.project_source_map is not None:
        named.append((result.project.logo, ("logo",), files.of_project(), result.project_source_map))
    for name, path, own_files, source_map in named:
        if name not in pictures or path == ("logo",):
            try:
                pictures[name] = load_picture(name, own_files)
            except FileRefused as refusal:
                found.append(_diagnostic(refusal, source_map, path))
                continue
            found.extend(_picture_remarks(pictures[name], source_map, path))
    if brief.flag_file:
        try:
            pictures[brief.flag_file] = load_picture(brief.flag_file, files.of_project())
        except FileRefused as refusal:
            if refusal.code != "no-file":  # without a flag of the project, that of the theme or of the program is shown
                found.append(_diagnostic(refusal, result.source_map, ("country",)))
    return pictures


def _load_outlines(brief: Brief, result: ReadResult, files: Files, found: list[Diagnostic]) -> dict[str, OwnOutlines]:
    """The outlines of the GeoJSON files that maps name, by file name; those of the project under an empty name."""
    maps: list[tuple[MapContent, DataPath]] = [(block, (*path, "map")) for path, block in blocks_of(brief, Map)]
    if brief.fact_box is not None and brief.fact_box.map is not None:
        maps.append((brief.fact_box.map, ("fact_box", "map")))
    named = {
        str(each.data): (str(each.data), (*path, "data"), files, result.source_map) for each, path in maps if each.data
    }
    own, own_map = result.project.maps, result.project_source_map
    if own_map is not None:
        if own.data:
            named[""] = (str(own.data), ("maps", "data"), files.of_project(), own_map)
        known = [line.key for line in atlas.load().lines] if own.dashed else []
        for key in (str(key) for key in own.dashed if key not in known):
            advice = did_you_mean(key, known) or f"the names are {', '.join(known)}"
            message, path = f"there is no disputed line '{key}'", ("maps", "dashed", key)
            found.append(own_map.diagnostic("map-dashed", message, path, key=True, help=advice))
    outlines: dict[str, OwnOutlines] = {}
    for label, (name, place, own_files, source_map) in named.items():
        try:
            outlines[label] = read_outlines(name, own_files.read(name, OUTLINES_MAX_BYTES), atlas.load())
        except FileRefused as refusal:
            found.append(_diagnostic(refusal, source_map, place))
    return outlines


def _picture_remarks(picture: Picture, source_map: SourceMap, path: DataPath) -> Iterator[Diagnostic]:
    if picture.remark:
        advice = "save the frame that you want as PNG or JPEG"
        yield source_map.diagnostic("picture-moves", picture.remark, path, help=advice, severity=Severity.WARNING)
    if picture.undrawn:
        message = f"'{picture.name}' uses '{picture.undrawn}', so the PDF and Word show it as pixels, at 300 dpi"
        advice = "nothing, if it looks right; its words are in its alternative text"
        yield source_map.diagnostic("picture-as-pixels", message, path, help=advice, severity=Severity.NOTE)


def _diagnostic(refusal: FileRefused, source_map: SourceMap, path: DataPath, *, key: bool = False) -> Diagnostic:
    code, message, advice = refusal.code, refusal.message, refusal.advice
    return source_map.diagnostic(code, message, path, key=key, help=advice, severity=refusal.severity)


def _named_pictures(brief: Brief) -> Iterator[tuple[str, DataPath]]:
    """The names of the pictures in a brief, with their paths."""
    if brief.fact_box is not None:
        box_map = brief.fact_box.map
        if brief.fact_box.picture not in {None, "none"}:
            yield str(brief.fact_box.picture), ("fact_box", "picture")
        if box_map is not None and box_map.file not in {None, "none"}:
            yield str(box_map.file), ("fact_box", "map", "file")
    for path, figure in blocks_of(brief, Figure):
        yield figure.image, (*path, "image")
