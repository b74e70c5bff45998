"""Building one brief: the job and its outcome are plain data, for any process or pool."""

import dataclasses
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import briefing
from briefing.diagnostics import Severity
from briefing.pipeline import File, Job, Outcome, build, check
from tests.support.project import ROOT

NORWAY = """\
title: "Norway: a border in the north"
country: NO
language: en-GB
issued: 2016-10-05
key_points: |
  - A border with Russia of 196 km.
sections:
  - title: The north
    body: The border is the northernmost of the Schengen area.
"""


@pytest.fixture
def job(tmp_path) -> Job:
    content = tmp_path / "content" / "norway.yaml"
    content.parent.mkdir()
    content.write_text(NORWAY, "utf-8")
    return Job(str(content), str(tmp_path / "output"), ("html", "docx"))


def test_build_writes_the_requested_formats(job):
    outcome = build(job)
    assert outcome.exit_code == 0
    assert outcome.diagnostics == ()
    assert [(Path(file.path).name, file.format) for file in outcome.files] == [
        ("norway.html", "html"),
        ("norway.docx", "docx"),
    ]
    assert [file.size for file in outcome.files] == [Path(file.path).stat().st_size for file in outcome.files]


def test_the_outcome_of_a_pdf_has_its_page_count(job):
    outcome = build(dataclasses.replace(job, formats=("pdf",)))
    assert [file.pages for file in outcome.files] == [1]


def test_a_job_builds_all_formats_of_the_internal_edition_by_default(job):
    plain = Job(job.content, job.output)
    assert plain.formats == ("html", "pdf", "docx")
    assert plain.edition == "internal"


@pytest.mark.parametrize(
    ("content", "edition", "name"),
    [
        ("content/norway.yaml", "internal", "norway"),
        ("content/norway.yaml", "handout", "norway-handout"),
        ("content/kazakhstan.ru.yaml", "internal", "kazakhstan.ru"),
        ("content/kazakhstan.ru.yaml", "handout", "kazakhstan.ru-handout"),
        ("norway.yml", "internal", "norway"),
    ],
)
def test_the_name_of_the_outputs_depends_on_content_file_and_edition(content, edition, name):
    assert Job(content, "output", edition=edition).name == name


def test_jobs_and_outcomes_can_be_pickled(job):
    done = build(job)
    wrong = build(dataclasses.replace(job, theme="baroque"))
    assert done.files
    assert wrong.diagnostics
    for value in (job, done, wrong):
        assert pickle.loads(pickle.dumps(value)) == value


def test_jobs_and_outcomes_are_immutable(job):
    for value in (job, Outcome(job), File("a", "html", 1)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, "x")


def test_outcomes_are_equal_regardless_of_their_duration(job):
    assert build(job) == build(job)
    assert Outcome(job, seconds=1.0) == Outcome(job, seconds=2.0)


def test_a_worker_process_returns_the_same_outcome(job):
    here = build(job)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(build, job).result() == here


@pytest.mark.parametrize(
    ("change", "code", "exit_code"),
    [
        ({"theme": "baroque"}, "unknown-theme", 2),
        ({"formats": ("odt",)}, "unknown-format", 2),
        ({"content": "nowhere.yaml"}, "no-content", 2),
    ],
)
def test_errors_of_the_call_are_in_the_outcome(job, change, code, exit_code):
    outcome = build(dataclasses.replace(job, **change))
    assert [d.code for d in outcome.diagnostics] == [code]
    assert outcome.exit_code == exit_code
    assert not Path(job.output).exists()


def test_errors_of_the_content_are_in_the_outcome(job):
    Path(job.content).write_text(NORWAY.replace("issued: 2016-10-05", "issued: soon\nstatus: done"), "utf-8")
    outcome = build(job)
    assert outcome.exit_code == 1
    assert [d.span.line for d in outcome.diagnostics if d.span] == [4, 5]
    assert {d.severity for d in outcome.diagnostics} == {Severity.ERROR}
    assert not Path(job.output).exists()


def test_check_reports_the_same_errors_as_build_and_writes_nothing(job):
    assert check(job).exit_code == 0
    Path(job.content).write_text(NORWAY.replace("issued: 2016-10-05", "issued: soon"), "utf-8")
    assert check(job).diagnostics == build(job).diagnostics != ()
    assert not Path(job.output).exists()


def test_if_one_format_cannot_be_published_no_format_is(job, tmp_path):
    """The set is pressed whole before any of it is published."""
    build(job)
    before = {p.name: p.read_bytes() for p in Path(job.output).iterdir()}
    Path(job.content).write_text(NORWAY.replace("196 km", "196 kilometres"), "utf-8")
    (tmp_path / "output" / "norway.docx").unlink()
    (tmp_path / "output" / "norway.docx").mkdir()
    outcome = build(job)
    assert outcome.exit_code == 3
    assert outcome.files == ()
    assert (tmp_path / "output" / "norway.html").read_bytes() == before["norway.html"]


def test_public_names_exist_and_are_sorted():
    assert briefing.__all__ == sorted(briefing.__all__)
    assert briefing.Job is Job
    for name in briefing.__all__:
        assert getattr(briefing, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = briefing.nothing


def test_importing_the_package_imports_almost_nothing():
    code = "import sys, json; before = set(sys.modules); import briefing; print(json.dumps(sorted(set(sys.modules) - before)))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    loaded = json.loads(run.stdout)
    assert [name for name in loaded if name.startswith("briefing")] == ["briefing"]
    assert len(loaded) < 25
