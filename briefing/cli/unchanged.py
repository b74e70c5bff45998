"""Which briefs need not be made again, and what is remembered of those that were made."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, TextIO

from briefing.diagnostics import Diagnostic, Severity, Span
from briefing.dockets.answer import call_key, screen_of
from briefing.dockets.book import NO_SENSE, Book
from briefing.dockets.looks import above, names
from briefing.press import File, Job, Outcome
from briefing.project import PROJECT_FILE
from briefing.publish import JOURNAL, MANIFEST
from briefing.writers import WRITERS

__all__ = ["Dockets"]

#: Fields of a job that make no difference to what comes of it.
NO_MATTER = frozenset({"debug", "project", "today"})
CONTENT = (".yaml", ".yml")


class Dockets:
    """The dockets of the jobs of one call. ``force`` has every brief made."""

    def __init__(self, jobs: Sequence[Job], *, force: bool = False) -> None:
        today = dt.datetime.now(dt.UTC).astimezone().date().isoformat()
        roots = dict.fromkeys(_root(job) for job in jobs)
        self.books = {root: Book(root, today) for root in roots}
        self.why: dict[Job, str] = {}
        self._same: dict[Job, Outcome] = {}
        for job in jobs:
            self.why[job] = "it was asked for (--force)" if force else self._book(job).why(self._key(job))
            if not self.why[job]:
                try:
                    self._same[job] = self._told(job)
                except (AttributeError, KeyError, TypeError, ValueError):
                    self.why[job] = NO_SENSE

    @property
    def needed(self) -> list[Job]:
        """The jobs that have to be done."""
        return [job for job, reason in self.why.items() if reason]

    def outcomes(self, made: Iterable[Outcome]) -> list[Outcome]:
        """What was made and what was there already, in the order of the jobs."""
        fresh = {outcome.job: outcome for outcome in made}
        return [fresh.get(job) or self._same[job] for job in self.why]

    def keep(self, outcomes: Sequence[Outcome]) -> bool:
        """Remember what was made without a fault; whether everything is remembered now."""
        steady = {root: book.steady() for root, book in self.books.items()}
        for book in self.books.values():
            book.looks.forget()  # what was written since is to be seen
        for outcome in outcomes:
            if outcome.unchanged or not steady[_root(outcome.job)] or not _is_whole(outcome):
                continue
            book = self._book(outcome.job)
            book.note(self._key(outcome.job), _docket(outcome, book), outcome.made_from.libraries)
        return all(not self._book(outcome.job).why(self._key(outcome.job)) for outcome in outcomes)

    def keep_call(self, arguments: Sequence[str], paths: Sequence[str], show: Callable[[list[Outcome]], int]) -> None:
        """Remember what this call has to say when nothing has changed. ``show`` says it."""
        if len(self.books) != 1 or any(character in path for path in paths for character in "*?["):
            return
        (book,) = self.books.values()
        out, err = _Like(sys.stdout), _Like(sys.stderr)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = show([self._told(job) for job in self.why])
        call = {
            **_found_by(paths, book),
            "dockets": [self._key(job) for job in self.why],
            "screen": screen_of(sys.stderr),
            "out": out.getvalue(),
            "err": err.getvalue(),
            "code": code,
        }
        book.note_call(call_key(arguments), call)

    def write(self) -> None:
        """Write what is remembered."""
        for book in self.books.values():
            book.write()

    def _told(self, job: Job) -> Outcome:
        """The outcome of a job that was done before."""
        said = self._book(job).dockets[self._key(job)]["said"]
        return Outcome(
            job,
            tuple(File(**file) for file in said["files"]),
            older=tuple(said["older"]),
            diagnostics=tuple(_diagnostic(data) for data in said["diagnostics"]),
            unchanged=True,
        )

    def _key(self, job: Job) -> str:
        """The name of a docket: all that tells two builds of a brief apart, and its paths as messages show them."""
        told = {field.name: getattr(job, field.name) for field in fields(job) if field.name not in NO_MATTER}
        places = [self._book(job).looks.name(path) for path in (job.content, job.output)]
        return json.dumps([*places, told], sort_keys=True)

    def _book(self, job: Job) -> Book:
        return self.books[_root(job)]


class _Like(io.StringIO):
    """Text that believes to stand on the same kind of screen."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.stream = stream

    def isatty(self) -> bool:
        return self.stream.isatty()


def _root(job: Job) -> str:
    return os.path.abspath(job.project or ".")


def _is_whole(outcome: Outcome) -> bool:
    """Whether all was made, and by our own writers: a change to those of another package might not be seen."""
    if not WRITERS.keys() >= set(outcome.job.formats):
        return False
    return outcome.exit_code == 0 and len(outcome.files) == len(outcome.job.formats) > 0


def _docket(outcome: Outcome, book: Book) -> dict[str, Any]:
    looks, made_from = book.looks, outcome.made_from
    inputs = {looks.name(real): digest for _, real, digest in made_from.read}
    links = {looks.name(path): looks.name(real) for path, real, _ in made_from.read if path != real}
    folders: dict[str, bool] = {}
    for folder in above(os.path.dirname(outcome.job.content)):
        folders[looks.name(os.path.join(folder, "content"))] = os.path.isdir(os.path.join(folder, "content"))
        inputs.setdefault(looks.name(os.path.join(folder, PROJECT_FILE)), "")
        if folder == book.root and os.path.isfile(os.path.join(folder, PROJECT_FILE)):
            break
    inputs |= {looks.name(path): looks.digest(looks.name(path)) for path in outcome.older}
    output = outcome.job.output
    inputs[looks.name(os.path.join(output, JOURNAL))] = ""
    return {
        "inputs": inputs,
        "folders": folders,
        "links": links,
        "outputs": {looks.name(file.path): file.digest for file in outcome.files},
        "manifest": looks.name(os.path.join(output, MANIFEST)),
        "days": [book.today, min((day for day in made_from.days if day > book.today), default="")],
        "said": {
            "files": [asdict(file) for file in outcome.files],
            "older": outcome.older,
            "diagnostics": [asdict(diagnostic) for diagnostic in outcome.diagnostics],
        },
    }


def _diagnostic(data: Mapping[str, Any]) -> Diagnostic:
    span = Span(**data["span"]) if data["span"] else None
    return replace(Diagnostic(**data), severity=Severity(data["severity"]), span=span)


def _found_by(paths: Sequence[str], book: Book) -> dict[str, Any]:
    """What decides which briefs a call means: what lies above the folders that it names, and the files below them."""
    name = book.looks.name
    inputs: dict[str, str] = {}
    folders: dict[str, bool] = {}
    listings: dict[str, list[str]] = {}
    for path in (path for path in paths or (str(Path.cwd()),) if os.path.isdir(path)):
        for folder in above(path):
            inputs[name(os.path.join(folder, PROJECT_FILE))] = book.looks.digest(
                name(os.path.join(folder, PROJECT_FILE))
            )
            folders[name(os.path.join(folder, "content"))] = os.path.isdir(os.path.join(folder, "content"))
        root = path if paths else book.root
        root = os.path.join(root, "content") if os.path.isdir(os.path.join(root, "content")) else root
        listings[name(root)] = [name(found) for found in names(root, CONTENT)]
    return {"inputs": inputs, "folders": folders, "listings": listings}
