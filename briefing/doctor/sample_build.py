"""Check the whole program: build a small brief in all formats, in a temporary folder."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .finding import Finding

BRIEF = """\
title: A trial brief
language: en-GB
summary: Made to see whether everything works.
fact_box:
  facts:
    Capital: Астана
sections:
  - title: Text
    body: |
      A line of text, and *another*.
"""


def trial(*, pages: bool) -> Iterator[Finding]:
    """Build the brief in a worker process, as a build does; the PDF only if ``pages``."""
    from briefing.pipeline import Job, build
    from briefing.workers.pool import WorkerPool, limits, outcome_of
    from briefing.writers import WRITERS

    formats = tuple(name for name in WRITERS if pages or name != "pdf")
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        content = Path(folder, "content", "trial.yaml")
        content.parent.mkdir()
        content.write_text(BRIEF, "utf-8")
        job = Job(str(content), str(Path(folder, "output")), formats, project=folder)
        start = time.perf_counter()
        with WorkerPool(1, limits()) as workers:
            outcome = outcome_of(workers.submit(build, job), job)
        seconds = time.perf_counter() - start
    for problem in outcome.diagnostics:
        yield Finding("wrong", f"a trial brief: {problem.message}", problem.help)
    if not outcome.diagnostics:
        names = ", ".join({"docx": "Word"}.get(name, name.upper()) for name in formats)
        yield Finding("ok", f"a trial brief was made in {seconds:.1f} s: {names}")
