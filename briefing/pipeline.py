"""Build one brief: load, resolve, set, write every format, then publish all files or none.

A job and its outcome are plain data that can be pickled, so that the command line, worker processes, a cluster and the
preview all run the same functions.
"""

from __future__ import annotations

import datetime as dt
import re
import time
import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefing.diagnostics import BriefingError, ContentError, Diagnostic, MachineError, Span, errors
from briefing.project import find_project
from briefing.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.assets.files import ReadFile
    from briefing.edition.resolve import Edition
    from briefing.galley import Galley
    from briefing.model.audience import EditionKind
    from briefing.parser.source_map import SourceMap
    from briefing.reading.draft import Draft
    from briefing.writers import Output
    from briefing.writers.output import PageMap

#: Formats without pages: they do not use a theme that was tightened for a page budget.
ON_SCREEN = frozenset({"html"})
#: The longest message and the longest excerpt of a diagnostic, in characters.
LONGEST_MESSAGE, LONGEST_EXCERPT = 1_000, 2_000
#: What a failed build does to the files, for messages.
KEPT = "the files of the last build are as they were"
#: Codes of machine errors that prevent only the PDF.
NO_PDF = frozenset({"engine-changed", "no-pango"})
#: Texts in error messages of the system if a library ran out of memory, in lower case.
OUT_OF_MEMORY_SIGNS = ("map segment", "allocate memory")
#: What the names of outputs end with in special editions, in this order.
SUFFIXES = ("handout", "meetings", "large-print", "for-notes")
Only = Literal["", "meetings"]


@dataclass(frozen=True, slots=True)
class Job:
    """One brief to build: a content file, an output folder, the formats and the edition. Paths are plain strings.

    ``theme`` overrides the brief's own. ``project`` is its folder, which is searched for if it is None. ``templates``
    is the folder of the themes, by default that of the project. ``large_print`` and ``for_notes`` select an edition for
    print; ``only`` sets only the meeting sheets. ``attach_source`` puts the content file into the PDF. ``today`` is
    used only by the check of ``review_by``, and is in no output. ``debug`` puts tracebacks into the outcome.
    """

    content: str
    output: str
    formats: tuple[str, ...] = tuple(WRITERS)
    edition: EditionKind = "internal"
    theme: str | None = None
    project: str | None = None
    large_print: bool = False
    for_notes: bool = False
    only: Only = ""
    attach_source: bool = False
    today: dt.date | None = None
    debug: bool = False
    templates: str | None = None

    @property
    def name(self) -> str:
        """The name of the outputs, without the extension: that of the content file, and the suffix of the edition."""
        return Path(self.content).stem + self.suffix

    @property
    def project_folder(self) -> Path:
        """The folder of the project."""
        return find_project(Path(self.content)) if self.project is None else Path(self.project)

    @property
    def templates_folder(self) -> Path:
        """The folder of the project's themes, which may not exist."""
        return self.project_folder / "templates" if self.templates is None else Path(self.templates)

    @property
    def suffix(self) -> str:
        """The suffixes of the edition, in the order of :data:`SUFFIXES`, each with a hyphen before it."""
        chosen = (self.edition == "handout", self.only == "meetings", self.large_print, self.for_notes)
        return "".join(f"-{name}" for name, is_chosen in zip(SUFFIXES, chosen, strict=True) if is_chosen)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was written: its path, format, size in bytes, number of pages (None without pages), and SHA-256."""

    path: str
    format: str
    size: int
    pages: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a brief, other than the program and its themes.

    ``read`` are the files that were read or not found (path, SHA-256). ``libraries`` are the paths of the system's
    shared libraries for page layout. ``days`` are the dates (ISO 8601) from which the diagnostics may change.
    """

    read: tuple[ReadFile, ...] = ()
    libraries: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a job. ``exit_code`` is 0, 1 (content), 2 (call or set-up) or 3 (machine).

    ``edited`` are Word files changed by hand, kept under a dated name; ``older`` are files of an earlier build beside
    the new ones. ``unchanged`` means that nothing was built, because the files are up to date. ``seconds`` is the time
    that the build took. ``inputs`` and ``seconds`` are ignored when outcomes are compared.
    """

    job: Job
    files: tuple[File, ...] = ()
    edited: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    exit_code: int = 0
    traceback: str = ""
    unchanged: bool = False
    inputs: Inputs = field(default_factory=Inputs, compare=False, repr=False)
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A brief rendered in memory, with the same files as in a build; the preview shows it.

    ``documents`` are the files by format. ``sheets`` are the pages of the PDF with the boxes of the fields on them.
    ``places`` gives the position of each data-path in the content file.
    """

    outcome: Outcome
    documents: Mapping[str, bytes] = field(default_factory=dict)
    sheets: tuple[PageMap, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict)


def build(job: Job) -> Outcome:
    """Build one brief. Errors in the content, the theme or the machine are in the outcome; nothing is raised."""
    return _guarded(job, _build)


def render(job: Job, *, pointed: bool = False) -> Rendered:
    """Render one brief in memory, and publish nothing.

    The documents have the same bytes as those of :func:`build`. With ``pointed``, each paragraph and list item gets a
    data-path of its own, so that a click on it can be traced to its line in the content file.
    """
    outputs: dict[str, Output] = {}
    places: dict[str, Span] = {}

    def render_only(job: Job, problems: list[Diagnostic]) -> Outcome:
        from briefing.galley.click_paths import place_of_each, with_click_paths

        galley, edition, _ = _prepare(job, problems)
        galley = with_click_paths(galley) if pointed else galley
        written, exit_code = _write(job, galley, edition, problems)
        outputs.update(written)
        places.update(place_of_each(galley, edition.source_map))
        return Outcome(job, exit_code=exit_code)

    outcome = _guarded(job, render_only)
    sheets = next((output.sheets for output in outputs.values() if output.sheets), ())
    return Rendered(outcome, {name: output.data for name, output in outputs.items()}, sheets, places)


def check(job: Job) -> Outcome:
    """Load the brief, resolve and set the job's edition; no page is laid out and no file is written."""
    return _guarded(job, _check)


def _check(job: Job, problems: list[Diagnostic]) -> Outcome:
    _prepare(job, problems)
    return Outcome(job, exit_code=1 if errors(problems) else 0)


def _build(job: Job, problems: list[Diagnostic]) -> Outcome:
    from briefing.publish import publish
    from briefing.publish.manifest import fingerprint

    galley, edition, draft = _prepare(job, problems)
    outputs, exit_code = _write(job, galley, edition, problems)
    published = publish(Path(job.output), job.name, {name: output.data for name, output in outputs.items()})
    files = tuple(
        File(path.as_posix(), name, len(output.data), output.pages, fingerprint(output.data))
        for (name, output), path in zip(outputs.items(), published.written, strict=True)
    )
    edited, older = (tuple(path.as_posix() for path in paths) for paths in (published.edited, published.older))
    return Outcome(job, files, edited, older, exit_code=exit_code, inputs=_inputs(draft, pages="pdf" in outputs))


def _inputs(draft: Draft, *, pages: bool) -> Inputs:
    """The inputs of the brief; with ``pages`` including the system's libraries for page layout."""
    libraries: tuple[str, ...] = ()
    if pages:
        from briefing.writers.pdf.libraries import system_libraries

        libraries = system_libraries()
    due = draft.brief.review_by
    days = (due.first_day.isoformat(), (due.last_day + dt.timedelta(days=1)).isoformat()) if due else ()
    return Inputs(draft.read_files, libraries, days)


def _write(job: Job, galley: Galley, edition: Edition, problems: list[Diagnostic]) -> tuple[dict[str, Output], int]:
    """The output of each format of the job, in that order, and the exit code: 3 if there could be no PDF, else 0.

    Raises :class:`ContentError` if a writer found an error in the content. Diagnostics are added to ``problems``.
    """
    from briefing.checks import not_silenced
    from briefing.writers import find_writer

    writers = {name: find_writer(name) for name in job.formats}
    outputs: dict[str, Output] = {}
    exit_code, tightened = 0, galley.theme
    # The PDF comes first: the other formats use its page numbers, and the theme tightened for a page budget.
    for name, write in sorted(writers.items(), key=lambda writer: writer[0] != "pdf"):
        try:
            output = outputs[name] = write(galley if name in ON_SCREEN else replace(galley, theme=tightened))
        except MachineError as lack:
            # Without Pango, or with an unknown WeasyPrint, there is no PDF; the other formats need neither.
            if any(problem.code not in NO_PDF for problem in lack.diagnostics):
                raise
            problems += lack.diagnostics
            exit_code = lack.exit_code
            continue
        positioned = (_with_position(problem, edition.source_map) for problem in output.diagnostics)
        problems += not_silenced(positioned, edition.brief.checks.ignore)
        if output.pages is not None:
            tightened = output.theme or tightened
            galley = replace(galley, pages=output.pages, starts=output.starts)
        if errors(output.diagnostics):
            raise ContentError
    return {name: outputs[name] for name in job.formats if name in outputs}, exit_code


def _with_position(diagnostic: Diagnostic, source_map: SourceMap) -> Diagnostic:
    """A writer's diagnostic with its position in the content file, which a writer does not know."""
    code, label = diagnostic.code, diagnostic.label
    budget = ("layout", "pages")
    span = None
    if code in {"page-budget", "tightened"} and source_map.real(budget) == budget:
        span = source_map.span(budget)
    elif code == "sheet-length" and (meeting := re.fullmatch(r"meetings\[(\d+)\]", label)):
        span, label = source_map.span(("meetings", int(meeting[1]))), ""
    elif code in {"missing-glyph", "picture"}:
        for number, line in enumerate(source_map.lines, 1):
            if column := line.find(label) + 1:
                span = Span(source_map.file, number, column, number, column + len(label))
                label = ""
                break
    return replace(diagnostic, span=span, excerpt=source_map.excerpt(span), label=label) if span else diagnostic


def _prepare(job: Job, problems: list[Diagnostic]) -> tuple[Galley, Edition, Draft]:
    from briefing.checks import not_silenced, run_checks
    from briefing.edition.resolve import resolve
    from briefing.galley.attached_source import may_attach, source_of
    from briefing.galley.set import set_galley
    from briefing.reading.load import load_draft
    from briefing.theme.load import load_theme
    from briefing.theme.variants import for_notes, large_print, meeting_sheets_only

    if job.attach_source:
        may_attach(job.edition, job.only, job.formats)
    draft = load_draft(Path(job.content), job.project_folder)
    silent = draft.brief.checks.ignore
    problems += not_silenced(draft.diagnostics, silent)
    edition = resolve(draft, job.edition)
    problems += (*not_silenced(edition.diagnostics, silent), *run_checks(draft, edition, job.today))
    templates = job.templates_folder
    theme = load_theme(job.theme or edition.theme, (templates,) if templates.is_dir() else ())
    variants = ((job.large_print, large_print), (job.for_notes, for_notes), (job.only, meeting_sheets_only))
    for wanted, variant in variants:
        theme = variant(theme) if wanted else theme
    galley = set_galley(edition, theme, job.only)
    if any(wanted for wanted, _ in variants):
        galley = replace(galley, page_budget=None)  # an edition for print takes as many pages as it needs
    problems += not_silenced(galley.diagnostics, silent)
    if job.attach_source:
        galley = replace(galley, source=source_of(edition, galley))
    return galley, edition, draft


def _guarded(job: Job, work: Callable[[Job, list[Diagnostic]], Outcome]) -> Outcome:
    """Run the work; an exception becomes an outcome, with all diagnostics before it."""
    start = time.perf_counter()
    problems: list[Diagnostic] = []
    try:
        outcome = work(job, problems)
    except Exception as error:  # noqa: BLE001 - an internal error must not stop the other briefs
        known = error if isinstance(error, BriefingError) else MachineError(_unexpected_problem(error))
        problems += (d if d.span or d.file else replace(d, file=job.content) for d in known.diagnostics)
        cause = error.__cause__ if known is error else error
        debug = job.debug and isinstance(cause, Exception) and not isinstance(cause, MemoryError)
        outcome = Outcome(job, exit_code=known.exit_code, traceback=traceback.format_exc() if debug else "")
    diagnostics = tuple(sorted(dict.fromkeys(map(_truncated, problems)), key=lambda diagnostic: diagnostic.order))
    return replace(outcome, diagnostics=diagnostics, seconds=time.perf_counter() - start)


def _truncated(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic with a message and an excerpt of limited length: a hostile file could fill the screen."""
    message, excerpt, span = diagnostic.message, diagnostic.excerpt, diagnostic.span
    if len(message) > LONGEST_MESSAGE:
        message = f"{message[:LONGEST_MESSAGE]}…"
    if len(excerpt) > LONGEST_EXCERPT:
        # An excerpt that ends before the position of the problem is of no use.
        excerpt = excerpt[:LONGEST_EXCERPT] if span is None or span.column < LONGEST_EXCERPT else ""
    return replace(diagnostic, message=message, excerpt=excerpt)


def out_of_memory() -> Diagnostic:
    """The diagnostic if a brief exceeds its memory limit."""
    advice = "make its pictures smaller or split it, or allow more with --memory-limit"
    return Diagnostic("memory-limit", f"this brief took more memory than it may; {KEPT}", help=advice)


def _unexpected_problem(error: Exception) -> Diagnostic:
    """The diagnostic of an exception: often an error of the system, such as a full folder for temporary files."""
    if isinstance(error, MemoryError) or (
        isinstance(error, ImportError | OSError) and any(sign in str(error).lower() for sign in OUT_OF_MEMORY_SIGNS)
    ):
        return out_of_memory()
    if not isinstance(error, ImportError | OSError):
        message = f"the program made a mistake of its own ({type(error).__name__}); {KEPT}"
        advice = "please report it with this line and the content file; BRIEFING_DEBUG=1 shows where it happened"
        return Diagnostic("internal", message, help=advice)
    words, file = getattr(error, "strerror", "") or str(error), getattr(error, "filename", None)
    where = f" ({file})" if isinstance(file, str) else ""
    return Diagnostic(
        "system",
        f"the system does not do what was asked of it: {words}{where}; {KEPT}",
        help="see whether the disk and the folder for temporary files (TMPDIR) are there and have room, and run again; "
        "if a library is missing, install the program again",
    )
