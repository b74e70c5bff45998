"""Files -> Draft: find the project, read the brief and its defaults, load its pictures and tables.

Nothing after this step opens a file that the brief names.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from briefing.assets.files import FileRefused, Files
from briefing.assets.pictures import Picture, load_picture
from briefing.assets.tables import fill_chart, fill_table
from briefing.diagnostics import ContentError, Diagnostic, SetupError, errors
from briefing.model import Block, Brief, Chart, FactBox, Figure, Section, Table
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
    files = Files(root, content)
    _refuse_name(files.name(content))
    reading = read(
        files.brief(), files.name(content), project=files.defaults(), project_file=files.name(root / PROJECT_FILE)
    )
    found = list(reading.diagnostics)
    brief, pictures = reading.brief, {}
    if brief is not None:
        brief = _with_table_data(brief, reading, files, found)
        pictures = _load_pictures(brief, reading, files, found)
    if brief is None or errors(found):
        raise ContentError(*sorted(found, key=lambda d: d.order))
    original, problem = _original(brief, files)
    return Draft(
        files.stem,
        files.name(content),
        brief,
        reading.project,
        pictures,
        reading.source_map,
        tuple(found),
        tuple(files.read_files),
        files.name(root / PROJECT_FILE),
        original,
        problem,
    )


def _refuse_name(name: str) -> None:
    """Raise SetupError for a file name with refused characters: messages and outputs contain the name."""
    bad = bad_characters(_decoded(name), 1)
    if bad:
        message = f"the name of this file, or of its folder, holds {bad[0].name}"
        raise SetupError(Diagnostic("file-name", message, file=name, help="give it a plain name and run again"))


def _decoded(name: str) -> str:
    """The name decoded as UTF-8 if possible, also in the C locale, where Python decodes names as ASCII."""
    with contextlib.suppress(UnicodeError):
        return os.fsencode(name).decode("utf-8")
    return name


def _original(brief: Brief, files: Files) -> tuple[Brief | None, str]:
    """The brief that this one translates, with its tables, or the reason why it cannot be read.

    Its diagnostics are not reported.
    """
    if brief.translation_of is None:
        return None, ""
    try:
        content = files.read(brief.translation_of, 2 * MAX_BYTES)
    except FileRefused as refusal:
        return None, str(refusal)
    reading = read(content, brief.translation_of)
    if reading.brief is None:
        return None, f"'{brief.translation_of}' has errors"
    original_files = Files(files.root, files.folder / brief.translation_of, files.read_files)
    return _with_table_data(reading.brief, reading, original_files, []), ""


def _with_table_data(brief: Brief, reading: ReadResult, files: Files, found: list[Diagnostic]) -> Brief:
    """The brief with the rows of its tables and the numbers of its charts loaded from CSV files."""
    update: dict[str, tuple[Section, ...]] = {}
    for part in ("sections", "annexes"):
        sections = []
        for index, section in enumerate(getattr(brief, part)):
            blocks: list[Block] = []
            for number, block in enumerate(section.body):
                path: DataPath = (part, index, "body", number)
                if isinstance(block, Table):
                    blocks.append(fill_table(block, path, reading.source_map, files, found))
                elif isinstance(block, Chart):
                    blocks.append(fill_chart(block, path, reading.source_map, files, found))
                else:
                    blocks.append(block)
            sections.append(section.replace(body=tuple(blocks)))
        update[part] = tuple(sections)
    return brief.replace(**update)


def _load_pictures(brief: Brief, reading: ReadResult, files: Files, found: list[Diagnostic]) -> dict[str, Picture]:
    pictures: dict[str, Picture] = {}
    for name, path in _named_pictures(brief):
        if name not in pictures:
            _load_picture(name, files, reading.source_map, path, pictures, found)
    if reading.project.logo is not None and reading.project_places is not None:
        _load_picture(reading.project.logo, files.of_project(), reading.project_places, ("logo",), pictures, found)
    return pictures


def _load_picture(
    name: str,
    files: Files,
    source_map: SourceMap,
    path: DataPath,
    pictures: dict[str, Picture],
    found: list[Diagnostic],
) -> None:
    def report(code: str, message: str, *, help: str = "") -> None:  # noqa: A002
        found.append(source_map.diagnostic(code, message, path, help=help))

    picture = load_picture(name, files, report)
    if picture is not None:
        pictures[name] = picture


def _named_pictures(brief: Brief) -> Iterator[tuple[str, DataPath]]:
    """The names of the pictures in a brief, with their paths."""
    if isinstance(brief.fact_box, FactBox):
        box = brief.fact_box
        yield from ((name, ("fact_box", key)) for key, name in (("picture", box.picture), ("map", box.map)) if name)
    for part in ("sections", "annexes"):
        for index, section in enumerate(getattr(brief, part)):
            for number, block in enumerate(section.body):
                if isinstance(block, Figure):
                    yield block.image, (part, index, "body", number, "image")
