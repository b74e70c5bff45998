"""Several briefs at a time give the same bytes in the same order for any number of worker processes."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

BRIEF = """\
title: "Country {number}: between two neighbours"
language: en
summary: It trades with both.
sections:
  - title: Neighbours
    body: It lies between two others, and speaks to both.
"""


def prints(folder: Path) -> dict[str, str]:
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if not p.name.startswith(".")}


@pytest.fixture
def project(tmp_path) -> Path:
    (tmp_path / "content").mkdir()
    for number in range(6):
        (tmp_path / "content" / f"country-{number}.yaml").write_text(BRIEF.format(number=number), "utf-8")
    return tmp_path


def test_two_worker_processes_give_the_same_bytes_as_one(run_briefing, tmp_path):
    for count in (1, 2):
        run = run_briefing("build", "-j", count, "-o", tmp_path / str(count))
        assert run.returncode == 0, run.stderr
    alone, together = prints(tmp_path / "1"), prints(tmp_path / "2")
    assert len(alone) == 9
    assert alone == together


def test_the_order_of_messages_does_not_depend_on_the_number_of_processes(run_briefing, project):
    said = {
        tuple(
            line
            for line in run_briefing("build", "--force", "-f", "html", "-j", n, cwd=project).stdout.splitlines()[:-1]
        )
        for n in (1, 2, 3)
    }
    (lines,) = said
    assert [line.split()[1] for line in lines] == [f"output/country-{number}.html" for number in range(6)]


def test_worker_processes_never_outnumber_the_briefs_or_the_requested_number():
    from briefing.cli.jobs import cores, make_executor
    from briefing.pipeline import Job
    from briefing.workers.pool import Limits

    job = Job("a.yaml", "output")
    assert cores() >= 1
    for jobs, count, wanted in ((1, None, 1), (1, 8, 1), (3, 2, 2), (2, 8, 2)):
        with make_executor([job] * jobs, count, Limits()) as workers:
            pids = {future.result() for future in [workers.submit(os.getpid) for _ in range(20)]}
        assert 1 <= len(pids) <= wanted


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_worker_process_that_dies_is_replaced_and_its_brief_is_reported(run_briefing, project):
    theme = project / "templates/evil"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: evil\nextends: standard\n")
    (theme / "brief.html.j2").write_text(
        "{% extends 'shipped/standard/brief.html.j2' %}{% block banner %}{% if brief.title.plain.startswith('Country 2') %}"
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}{% endif %}{% endblock %}"
    )
    run = run_briefing("build", "-f", "html", "--theme", "evil", "--time-limit", 3, "-j", 2, cwd=project)
    assert run.returncode == 3
    assert run.stderr.count("error[") == 1
    assert "content/country-2.yaml" in run.stderr
    assert set(prints(project / "output")) == {f"country-{n}.html" for n in range(6) if n != 2}


def test_a_worker_process_is_replaced_after_a_given_number_of_calls():
    """So that whatever a library keeps does not grow for ever."""
    from briefing.workers.pool import WorkerPool

    with WorkerPool(1, calls=3) as workers:
        pids = [workers.submit(os.getpid).result() for _ in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]
