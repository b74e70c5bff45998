"""Bytes of a content file -> a brief, or all problems of the file in one pass.

The nodes become plain data, which the model validates. Each of its issues becomes a diagnostic with the position in
the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from briefing.diagnostics import Diagnostic, Severity, Span, errors
from briefing.model import Brief, Model, Project, Settings, validate
from briefing.model.data_path import format_path
from briefing.parser import ParsedFile, parse_yaml
from briefing.parser.nodes import MappingNode, Scalar, SequenceNode
from briefing.parser.source_map import SourceMap

from .explain import IssueReporter
from .normalise import Normaliser
from .texts import TextValidator

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The brief with the project's defaults applied, or None, and the diagnostics sorted by position."""

    brief: Brief | None
    project: Project
    source_map: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    project_source_map: SourceMap | None = None


def read(content: bytes, file: str, *, project: bytes | None = None, project_file: str = "") -> ReadResult:
    """Read one content file and the defaults of its project."""
    defaults, project_source_map, project_problems = read_project(project, project_file)
    brief, source_map, found = _read_model(content, file, Brief, str(defaults.language or "en-GB"))
    if brief is not None:
        brief = with_project_defaults(brief, defaults)
    diagnostics = tuple(sorted((*project_problems, *found), key=lambda d: d.order))
    return ReadResult(brief, defaults, source_map, diagnostics, project_source_map)


def read_project(content: bytes | None, file: str) -> tuple[Project, SourceMap | None, tuple[Diagnostic, ...]]:
    """The defaults of a project, their positions and diagnostics; empty defaults if ``content`` is None."""
    if content is None:
        return Project(), None, ()
    project, source_map, found = _read_model(content, file, Project)
    return project or Project(), source_map, tuple(found)


def with_project_defaults(brief: Brief, project: Project) -> Brief:
    """The brief with the project's settings where it has none; the lists of silenced checks are joined."""
    names = Settings.fields.keys() - {"layout", "checks"}
    update: dict[str, Any] = {name: getattr(project, name) for name in names if getattr(brief, name) is None}
    layout = {name: getattr(project.layout, name) for name in project.layout.given - brief.layout.given}
    update["layout"] = brief.layout.replace(**layout)
    lists = {name: (*getattr(brief.checks, name), *getattr(project.checks, name)) for name in ("ignore", "known")}
    update["checks"] = brief.checks.replace(**{name: tuple(dict.fromkeys(codes)) for name, codes in lists.items()})
    return brief.replace(**update)


def _read_model(
    content: bytes, file: str, model: type[M], language: str = ""
) -> tuple[M | None, SourceMap, list[Diagnostic]]:
    """``language`` is that of the texts if the file names none."""
    parsed = parse_yaml(content, file)
    source_map, root = parsed.source_map, parsed.source_map.root
    is_empty = root is None or (isinstance(root, Scalar) and root.absent)
    if model is Project and is_empty and not parsed.diagnostics:
        return model(), source_map, []
    advice = (
        "begin with title: and a list of sections:" if model is Brief else "write keys such as series: and marking:"
    )
    if not isinstance(root, MappingNode):
        found = list(parsed.diagnostics)
        if not errors(found) and is_empty:
            found.append(Diagnostic("empty", f"{file} is empty", help=advice, file=file))
        elif not errors(found):
            kind = "a list" if isinstance(root, SequenceNode) else "running text"
            wanted = ", but a brief is made of keys and values" if model is Brief else ", not keys and values"
            found.append(source_map.diagnostic("not-a-brief", f"this file is {kind}{wanted}", (), help=advice))
        return None, source_map, found
    part, issues = _validate(parsed, root, model, language)
    yaml_errors = [_with_field(diagnostic, source_map) for diagnostic in parsed.diagnostics]
    # A key is probably missing only because its line has no colon, which is reported already.
    consequences = {"missing-key", "nothing-to-set"} if any(d.code == "no-colon" for d in yaml_errors) else set()
    # Lines that were overwritten after a syntax error have been reported; further problems in them would be false.
    further = [d for d in issues if d.span is None or d.span.line not in parsed.faulty_lines]
    found = _merge_cut_values([*yaml_errors, *(d for d in further if d.code not in consequences)])
    if part is None and not errors(found):  # all diagnostics were suppressed as consequences of others
        message = "this file cannot be read as a brief" if model is Brief else "this file cannot be read"
        found.append(source_map.diagnostic("not-a-brief", message, (), help=advice))
    # A value with two aliases is reported twice.
    found = sorted(dict.fromkeys(found), key=lambda d: d.order)
    return (part if not errors(found) else None), source_map, found


def _validate(
    parsed: ParsedFile, root: MappingNode, model: type[M], language: str
) -> tuple[M | None, list[Diagnostic]]:
    source_map = parsed.source_map
    own = root.get("language")
    if own is not None and isinstance(own[1], Scalar) and not own[1].absent:
        language = own[1].text.strip()
    normaliser, texts = Normaliser(source_map), TextValidator(source_map, language, parsed.faulty_lines)
    data = normaliser.data(root)
    found = list(normaliser.diagnostics)
    part, issues = validate(model, data, texts.check)
    found.extend(IssueReporter(source_map, model).diagnostics(issues))
    found.extend(texts.diagnostics())
    is_misspelt = any(d.label.endswith(("'sections'?", "'key_points'?")) for d in found)
    if model is Brief and not root.get("sections") and not root.get("key_points") and not is_misspelt:
        span = source_map.key_span(("title",)) or Span(source_map.file, 1, 1, 1, 2)
        message = "this brief has neither sections nor key points"
        advice = "add sections: with a title and a body, or key_points: with a list"
        found.append(source_map.diagnostic_at(span, "nothing-to-set", message, help=advice))
    return part, found


def _merge_cut_values(found: list[Diagnostic]) -> list[Diagnostic]:
    """Merge a missing value and the warning that ' #' has cut off all of it into one error."""
    missing = {"missing-value", "missing-key"}
    lines = {code: {d.span.line for d in found if d.span and d.code == code} for code in (*missing, "cut-by-hash")}
    cut = lines["cut-by-hash"] & (lines["missing-value"] | lines["missing-key"])
    return [
        replace(d, severity=Severity.ERROR) if d.code == "cut-by-hash" and d.span and d.span.line in cut else d
        for d in found
        if d.code not in missing or not d.span or d.span.line not in cut
    ]


def _with_field(diagnostic: Diagnostic, source_map: SourceMap) -> Diagnostic:
    """A diagnostic about a refused character with the name of its field added; others unchanged."""
    if diagnostic.code != "character" or diagnostic.span is None:
        return diagnostic
    path = source_map.path_at(diagnostic.span.line, diagnostic.span.column)
    return replace(diagnostic, message=f"{format_path(path)}: {diagnostic.message}") if path else diagnostic
