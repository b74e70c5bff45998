"""The whole road for one brief: gather, resolve, set, press every format, then publish all of them or none.

A job and its outcome are plain data that pickle: the command line, a limited child process, a pool of workers and the
preview all run the same unit of work.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from briefing.diagnostics import BriefingError, ContentError, Diagnostic, MachineError, Span, errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.galley import Galley
    from briefing.reading.draft import Draft, Places
    from briefing.reading.files import ReadFile
    from briefing.reading.resolve import Edition
    from briefing.writers import Pressed
    from briefing.writers.pressed import Sheet

__all__ = ["File", "Inputs", "Job", "Outcome", "Proof", "check", "no_memory", "press", "proof"]

#: Formats that are read on a screen, whatever the pages of the others need.
ON_SCREEN = frozenset({"html"})
#: The longest message and the longest line of a file that a problem is shown with.
LONGEST, LONGEST_LINE = 1_000, 2_000
#: Problems of the machine that only the PDF has.
NO_PDF = frozenset({"engine-changed", "no-pango"})
#: How the system says that a library found no room in memory.
NO_ROOM = ("map segment", "allocate memory")
Audience = Literal["internal", "handout"]
Only = Literal["", "meetings"]


@dataclass(frozen=True, slots=True)
class Job:
    """One brief to be made: a content file, an output folder, the formats and the edition. Paths are plain strings.

    ``theme`` overrides the brief's own. ``project`` is its folder, found when it is not given; ``templates`` is where
    its themes are, where that is elsewhere. ``large_print`` and ``for_notes`` make the editions for the hand; ``only``
    sets the meeting sheets alone. ``attach_source`` puts the content file into the PDF. ``today`` is for the check of
    ``review_by`` alone, and in no output. ``debug`` puts the traceback of a fault into the outcome.
    """

    FORMATS: ClassVar[tuple[str, ...]] = ("html", "pdf", "docx")

    content: str
    output: str
    formats: tuple[str, ...] = FORMATS
    audience: Audience = "internal"
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
        """The name of the outputs, without the suffix: that of the content file, and what the edition is."""
        return Path(self.content).stem + self.suffix

    @property
    def suffix(self) -> str:
        """What the edition adds to the name of its outputs: "-handout", "-large-print", "-for-notes", "-meetings"."""
        added = {
            "handout": self.audience == "handout",
            "meetings": self.only == "meetings",
            "large-print": self.large_print,
            "for-notes": self.for_notes,
        }
        return "".join(f"-{name}" for name, made in added.items() if made)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was written: its path, format, size in bytes, pages where the format has any, and SHA-256."""

    path: str
    format: str
    size: int
    pages: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a brief was made from beside the program and its themes.

    ``read`` are the files that were read or looked for in vain (path, SHA-256), ``libraries`` the shared libraries of
    the system that set its pages, and ``days`` those (ISO 8601) from which on there may be something else to report.
    """

    read: tuple[ReadFile, ...] = ()
    libraries: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job. ``exit_code`` is 0, 1 (content), 2 (call or set-up) or 3 (machine).

    ``edited`` are Word files changed by hand, kept under a dated name; ``older`` are files of an earlier build beside
    the new ones. ``unchanged`` says that the files are there already, as they would be made. ``inputs`` and
    ``seconds`` are no part of what two outcomes are compared by.
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
class Proof:
    """A brief as it would be published, held in memory: what the preview shows.

    ``documents`` are the finished files by format. ``sheets`` are the pages, with what stands where on them, and
    ``places`` says for each data-path where its words stand in the content file.
    """

    outcome: Outcome
    documents: Mapping[str, bytes] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict)


def press(job: Job) -> Outcome:
    """Make one brief. What a content file, a theme or the machine does wrong is told by the outcome, not raised."""
    return _guarded(job, _press)


def proof(job: Job, *, pointed: bool = False) -> Proof:
    """Make one brief and publish nothing.

    The documents have the same bytes as those of :func:`press`; but with ``pointed`` each paragraph and each item of a
    list has a data-path of its own, so that who points at it can be told its line.
    """
    pulled: list[tuple[dict[str, Pressed], dict[str, Span]]] = []

    def pull(job: Job, found: list[Diagnostic]) -> Outcome:
        from briefing.galley.pointed import place_of_each, with_own_paths

        galley, edition, _ = _set(job, found)
        galley = with_own_paths(galley) if pointed else galley
        done, exit_code = _pressed(job, galley, edition, found)
        pulled.append((done, place_of_each(galley, edition.places)))
        return Outcome(job, exit_code=exit_code)

    outcome = _guarded(job, pull)
    done, spans = pulled[0] if pulled else ({}, {})
    sheets = next((pressed.sheets for pressed in done.values() if pressed.sheets), ())
    return Proof(outcome, {name: pressed.data for name, pressed in done.items()}, sheets, spans)


def check(job: Job) -> Outcome:
    """Read the brief, resolve and set the job's edition; nothing is laid out and nothing is written."""
    return _guarded(job, _check)


def _check(job: Job, found: list[Diagnostic]) -> Outcome:
    _set(job, found)
    return Outcome(job, exit_code=1 if errors(found) else 0)


def _press(job: Job, found: list[Diagnostic]) -> Outcome:
    from briefing.publish import publish
    from briefing.publish.manifest import fingerprint

    galley, edition, draft = _set(job, found)
    done, exit_code = _pressed(job, galley, edition, found)
    result = publish(Path(job.output), job.name, {name: pressed.data for name, pressed in done.items()})
    files = tuple(
        File(path.as_posix(), name, len(pressed.data), pressed.pages, fingerprint(pressed.data))
        for (name, pressed), path in zip(done.items(), result.written, strict=True)
    )
    edited, older = ([path.as_posix() for path in paths] for paths in (result.edited, result.older))
    inputs = _inputs(draft, pages="pdf" in done)
    return Outcome(job, files, tuple(edited), tuple(older), exit_code=exit_code, inputs=inputs)


def _inputs(draft: Draft, *, pages: bool) -> Inputs:
    """What the brief was made from; with ``pages`` also the libraries of the system that set pages."""
    libraries: tuple[str, ...] = ()
    if pages:
        from briefing.writers.pdf.libraries import system_libraries

        libraries = system_libraries()
    due = draft.brief.review_by
    days = (due.first_day.isoformat(), (due.last_day + dt.timedelta(days=1)).isoformat()) if due else ()
    return Inputs(draft.read_files, libraries, days)


def _pressed(job: Job, galley: Galley, edition: Edition, found: list[Diagnostic]) -> tuple[dict[str, Pressed], int]:
    """The galley in every format of the job, in that order; and 3 where the machine lacks what one of them needs."""
    from briefing.checks import audible
    from briefing.writers import find_writer

    writers = {name: find_writer(name) for name in job.formats}
    done: dict[str, Pressed] = {}
    exit_code, tightened = 0, galley.theme
    # What has pages comes first: their numbers, and what a page budget has made of the theme, are for the others too.
    for name, write in sorted(writers.items(), key=lambda writer: writer[0] != "pdf"):
        try:
            # A screen has no pages: it does not follow a theme that was tightened to them.
            done[name] = write(galley if name in ON_SCREEN else replace(galley, theme=tightened))
        except MachineError as lack:
            # Without Pango, or with another WeasyPrint, there is no PDF; the other formats need neither.
            if any(d.code not in NO_PDF for d in lack.diagnostics):
                raise
            found += lack.diagnostics
            exit_code = lack.exit_code
        else:
            told = (_placed(diagnostic, edition.places) for diagnostic in done[name].diagnostics)
            found += audible(told, edition.brief.checks.ignore)
            if done[name].pages is not None:
                tightened = done[name].theme or tightened
                galley = replace(galley, pages=done[name].pages, starts=done[name].starts)
            if errors(done[name].diagnostics):
                raise ContentError
    return {name: done[name] for name in job.formats if name in done}, exit_code


def _placed(diagnostic: Diagnostic, places: Places) -> Diagnostic:
    """What a page has shown, with its place in the content file; a press knows the galley alone."""
    budget = ("layout", "pages")
    if diagnostic.code in {"page-budget", "tightened"} and places.real(budget) == budget:
        span = places.span(budget)
        return replace(diagnostic, span=span, excerpt=places.excerpt(span))
    if diagnostic.code == "sheet-length" and (meeting := re.fullmatch(r"meetings\[(\d+)\]", diagnostic.label)):
        span = places.span(("meetings", int(meeting[1])))
        return replace(diagnostic, span=span, excerpt=places.excerpt(span), label="")
    if diagnostic.code not in {"missing-glyph", "picture"}:
        return diagnostic
    for number, line in enumerate(places.lines, 1):
        column = line.find(diagnostic.label) + 1
        if column:
            span = Span(places.file, number, column, number, column + len(diagnostic.label))
            return replace(diagnostic, span=span, excerpt=places.excerpt(span), label="")
    return diagnostic


def _set(job: Job, found: list[Diagnostic]) -> tuple[Galley, Edition, Draft]:
    from briefing.checks import audible, proofread
    from briefing.galley.attach import may_attach, source_of
    from briefing.galley.setting import set_galley
    from briefing.project import find_project
    from briefing.reading.gather import gather
    from briefing.reading.resolve import resolve
    from briefing.theme.adjust import for_notes, large_print, sheets_alone
    from briefing.theme.load import load_theme

    if job.attach_source:
        may_attach(job.audience, job.only, job.formats)
    content = Path(job.content)
    project = find_project(content) if job.project is None else Path(job.project)
    draft = gather(content, project)
    silent = draft.brief.checks.ignore
    found += audible(draft.diagnostics, silent)
    edition = resolve(draft, job.audience)
    found += (*audible(edition.diagnostics, silent), *proofread(draft, edition, job.today))
    templates = project / "templates" if job.templates is None else Path(job.templates)
    theme = load_theme(job.theme or edition.theme, (templates,) if templates.is_dir() else ())
    if job.large_print:
        theme = large_print(theme)
    if job.for_notes:
        theme = for_notes(theme)
    if job.only:
        theme = sheets_alone(theme)
    galley = set_galley(edition, theme, job.only)
    if job.large_print or job.for_notes or job.only:
        galley = replace(galley, page_budget=None)  # what is set for the hand takes the pages that it needs
    found += galley.diagnostics
    if job.attach_source:
        galley = replace(galley, source=source_of(edition, galley))
    return galley, edition, draft


def _guarded(job: Job, work: Callable[[Job, list[Diagnostic]], Outcome]) -> Outcome:
    """Run the work, and turn whatever goes wrong into an outcome with every problem that was found on the way."""
    start = time.perf_counter()
    found: list[Diagnostic] = []
    try:
        outcome = work(job, found)
    except BriefingError as error:
        found += (d if d.span or d.file else replace(d, file=job.content) for d in error.diagnostics)
        told = job.debug and isinstance(error.__cause__, Exception)
        outcome = Outcome(job, exit_code=error.exit_code, traceback=_traceback(told=told))
    except MemoryError:
        found.append(no_memory(job.content))
        outcome = Outcome(job, exit_code=3)
    except (ImportError, OSError) as lack:
        found.append(_no_machine(job, lack))
        outcome = Outcome(job, exit_code=3, traceback=_traceback(told=job.debug))
    except Exception as fault:  # noqa: BLE001 - a fault of ours is a sentence too, and no reason to stop the other briefs
        found.append(_fault(job, fault))
        outcome = Outcome(job, exit_code=3, traceback=_traceback(told=job.debug))
    diagnostics = tuple(sorted(dict.fromkeys(map(_short, found)), key=lambda diagnostic: diagnostic.order))
    return replace(outcome, diagnostics=diagnostics, seconds=time.perf_counter() - start)


def _short(diagnostic: Diagnostic) -> Diagnostic:
    """A problem as it can be shown. What is told of a hostile file may be as long as the file, a thousand times."""
    span = diagnostic.span
    if len(diagnostic.message) > LONGEST:
        diagnostic = replace(diagnostic, message=f"{diagnostic.message[:LONGEST]}…")
    if len(diagnostic.excerpt) > LONGEST_LINE and (span is None or span.column < LONGEST_LINE):
        diagnostic = replace(diagnostic, excerpt=diagnostic.excerpt[:LONGEST_LINE])
    elif len(diagnostic.excerpt) > LONGEST_LINE:
        diagnostic = replace(diagnostic, excerpt="")
    return diagnostic


def _traceback(*, told: bool) -> str:
    """Where the fault happened that is being handled, for whoever asks."""
    if not told:
        return ""
    import traceback

    return traceback.format_exc()


def no_memory(content: str = "") -> Diagnostic:
    """What is said when the memory that a brief may take is used up."""
    return Diagnostic(
        "memory-limit",
        "this brief took more memory than it may; the files of the last build are as they were",
        file=content,
        help="make its pictures smaller or split it, or allow more with --memory-limit",
    )


def _no_machine(job: Job, lack: ImportError | OSError) -> Diagnostic:
    """What the system says where nobody has expected it to fail: no room for temporary files, a disk that has gone."""
    words = (lack.strerror if isinstance(lack, OSError) else "") or str(lack)
    if any(sign in str(lack).lower() for sign in NO_ROOM):
        return no_memory(job.content)
    where = f" ({lack.filename})" if isinstance(lack, OSError) and isinstance(lack.filename, str) else ""
    return Diagnostic(
        "system",
        f"the system does not do what was asked of it: {words}{where}; the files of the last build are as they were",
        file=job.content,
        help="see whether the disk and the folder for temporary files (TMPDIR) are there and have room, and run again; "
        "if a library is missing, install the program again",
    )


def _fault(job: Job, fault: Exception) -> Diagnostic:
    return Diagnostic(
        "internal",
        f"the program made a mistake of its own ({type(fault).__name__}); the files of the last build are as they were",
        file=job.content,
        help="please report it with this line and the content file; BRIEFING_DEBUG=1 shows where it happened",
    )
