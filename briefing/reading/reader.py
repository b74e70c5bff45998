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
from briefing.parser.nodes import MappingNode, Node, Scalar, SequenceNode
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
    brief, source_map, found = _read_model(content, file, Brief)
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
    update: dict[str, Any] = {}
    for name in Settings.fields:
        if name in {"layout", "checks"}:
            continue
        if getattr(brief, name) is None:
            update[name] = getattr(project, name)
    layout = {name: getattr(project.layout, name) for name in project.layout.given - brief.layout.given}
    update["layout"] = brief.layout.replace(**layout)
    ignore = dict.fromkeys((*brief.checks.ignore, *project.checks.ignore))
    update["checks"] = brief.checks.replace(ignore=tuple(ignore))
    return brief.replace(**update)


def _read_model(content: bytes, file: str, model: type[M]) -> tuple[M | None, SourceMap, list[Diagnostic]]:
    parsed = parse_yaml(content, file)
    source_map, root = parsed.source_map, parsed.source_map.root
    if model is Project and _is_empty(root) and not parsed.diagnostics:
        return model(), source_map, []
    if not isinstance(root, MappingNode):
        found = list(parsed.diagnostics)
        return None, source_map, found if errors(found) else [*found, _not_a_mapping(root, source_map, model)]
    part, found = _validate(parsed, root, model)
    slips = [_with_field(diagnostic, source_map) for diagnostic in parsed.diagnostics]
    # Lines that were overwritten after a syntax error have been reported; further problems in them would be false.
    later = (
        d for d in found if (d.span is None or d.span.line not in parsed.faulty_lines) and not _caused_by(d, slips)
    )
    found = _unique(_merge_cut_values([*slips, *later]))
    if part is None and not errors(found):  # all diagnostics were suppressed as consequences of others
        message = "this file cannot be read as a brief" if model is Brief else "this file cannot be read"
        found.append(source_map.diagnostic("not-a-brief", message, (), help=_first_step(model)))
        found = _unique(found)
    return (part if not errors(found) else None), source_map, found


def _validate(parsed: ParsedFile, root: MappingNode, model: type[M]) -> tuple[M | None, list[Diagnostic]]:
    source_map = parsed.source_map
    normaliser, texts = Normaliser(source_map), TextValidator(source_map, parsed.faulty_lines)
    data = normaliser.data(root)
    found = list(normaliser.diagnostics)
    part, issues = validate(model, data, texts.check)
    found.extend(IssueReporter(source_map, model).diagnostics(issues))
    found.extend(texts.diagnostics())
    meant = any(d.label.endswith(("'sections'?", "'key_points'?")) for d in found)
    if model is Brief and not root.get("sections") and not root.get("key_points") and not meant:
        found.append(_no_content(source_map))
    return part, found


def _merge_cut_values(found: list[Diagnostic]) -> list[Diagnostic]:
    """Merge a missing value and the warning that ' #' has cut off all of it into one error."""
    missing = {d.span.line for d in found if d.span is not None and d.code in {"missing-value", "missing-key"}}
    cut = {d.span.line for d in found if d.span is not None and d.code == "cut-by-hash"} & missing
    out: list[Diagnostic] = []
    for diagnostic in found:
        if diagnostic.span is None or diagnostic.span.line not in cut:
            out.append(diagnostic)
        elif diagnostic.code == "cut-by-hash":
            out.append(replace(diagnostic, severity=Severity.ERROR))
        elif diagnostic.code not in {"missing-value", "missing-key"}:
            out.append(diagnostic)
    return out


def _caused_by(diagnostic: Diagnostic, slips: list[Diagnostic]) -> bool:
    """Whether a key is probably missing only because its line has no colon, which is reported already."""
    return diagnostic.code in {"missing-key", "nothing-to-set"} and any(slip.code == "no-colon" for slip in slips)


def _unique(found: list[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics without duplicates, sorted by position; a value with two aliases is reported twice."""
    return sorted(dict.fromkeys(found), key=lambda d: d.order)


def _with_field(diagnostic: Diagnostic, source_map: SourceMap) -> Diagnostic:
    """A diagnostic about a refused character with the name of its field added; others unchanged."""
    if diagnostic.code != "character" or diagnostic.span is None:
        return diagnostic
    path = source_map.path_at(diagnostic.span.line, diagnostic.span.column)
    return replace(diagnostic, message=f"{format_path(path)}: {diagnostic.message}") if path else diagnostic


def _is_empty(root: Node | None) -> bool:
    return root is None or (isinstance(root, Scalar) and root.absent)


def _not_a_mapping(root: Node | None, source_map: SourceMap, model: type[Model]) -> Diagnostic:
    """The diagnostic for a file that is empty or is not a mapping."""
    if _is_empty(root):
        return Diagnostic("empty", f"{source_map.file} is empty", help=_first_step(model), file=source_map.file)
    kind = "a list" if isinstance(root, SequenceNode) else "running text"
    message = (
        f"this file is {kind}, but a brief is made of keys and values"
        if model is Brief
        else f"this file is {kind}, not keys and values"
    )
    return source_map.diagnostic("not-a-brief", message, (), help=_first_step(model))


def _first_step(model: type[Model]) -> str:
    return "begin with title: and a list of sections:" if model is Brief else "write keys such as series: and marking:"


def _no_content(source_map: SourceMap) -> Diagnostic:
    span = source_map.key_span(("title",)) or Span(source_map.file, 1, 1, 1, 2)
    return Diagnostic(
        "nothing-to-set",
        "this brief has neither sections nor key points",
        span=span,
        excerpt=source_map.excerpt(span),
        help="add sections: with a title and a body, or key_points: with a list",
        file=source_map.file,
    )
