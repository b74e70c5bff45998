"""Briefs are made in processes of their own: what one of them does there is one sentence, and harms no other."""

import functools
import gc
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.diagnostics import MachineError
from briefing.press import Job, press
from briefing.workers import crew
from briefing.workers.crew import Limits, made

BRIEF = """\
title: "Mongolia: between two neighbours"
language: en
sections:
  - title: Neighbours
    body: Mongolia lies between Russia and China.
"""
ROOT = Path(__file__).resolve().parent.parent
POSIX = pytest.mark.skipif(sys.platform != "linux", reason="limits of POSIX")


#: Whether the tests run once more, in a process with one thread, where the first children are copies of it.
COPIED = "BRIEFING_TEST_COPIED" in os.environ
Workers = functools.partial(crew.Workers, copies=COPIED)


@POSIX
@pytest.mark.skipif(COPIED, reason="this is that run")
def test_all_of_this_holds_for_copies_too():
    line = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "-p",
        "no:faulthandler",
        "-p",
        "no:cacheprovider",
        __file__,
    ]
    run = subprocess.run(
        line, env={**os.environ, "BRIEFING_TEST_COPIED": "1"}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-3000:]
    assert " passed, 1 skipped" in run.stdout


def test_the_first_child_is_a_copy_where_that_is_safe():
    with Workers() as workers:
        first = workers.submit(eval, "'pytest' in __import__('sys').modules").result()
        assert first == COPIED
        workers.submit(os.abort).exception()
        assert not workers.submit(eval, "'pytest' in __import__('sys').modules").result(), (
            "its thread copied the process"
        )


def test_a_copy_writes_nothing_that_the_parent_was_about_to_write():
    script = (
        "import sys; from briefing.workers.crew import Workers; print('once', end=''); "
        "workers = Workers(2, copies=True); print(workers.submit(print, 'never').result(), end=''); workers.shutdown()"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "onceNone"


@POSIX
def test_a_child_whose_parent_is_killed_ends_too():
    """Also the first of two copies, whose channels the second has seen."""
    script = (
        "import os, time; from briefing.workers.crew import Workers; workers = Workers(2, copies=True); "
        "tasks = [workers.submit(os.getpid) for _ in range(2)]; print(*[task.result() for task in tasks], "
        "*[child.process.pid for child in workers._children], flush=True); workers.submit(time.sleep, 60); "
        "time.sleep(0.3); os.kill(os.getpid(), 9)"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    children = {int(number) for number in said.split()}
    assert len(children) in {1, 2}
    end = time.monotonic() + 10
    while time.monotonic() < end and any(map(runs, children)):
        time.sleep(0.05)
    assert not any(map(runs, children))


def runs(process: int) -> bool:
    """Whether a process is there and not merely waited for."""
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def job(tmp_path, name="mongolia", text=BRIEF):
    content = tmp_path / "content" / f"{name}.yaml"
    content.parent.mkdir(exist_ok=True)
    content.write_text(text, "utf-8")
    return Job(str(content), str(tmp_path / "output"), ("html",), project=str(tmp_path))


def ended(call, *arguments, limits=None):
    with Workers(1, limits) as workers:
        error = workers.submit(call, *arguments).exception()
    assert isinstance(error, MachineError)
    return error.diagnostics[0]


def test_a_brief_is_made_in_another_process(tmp_path):
    with Workers() as workers:
        outcome = made(workers.submit(press, job(tmp_path)), job(tmp_path))
        assert workers.submit(os.getpid).result() != os.getpid()
    assert outcome.exit_code == 0
    assert (tmp_path / "output/mongolia.html").is_file()


def test_one_process_makes_many_briefs():
    with Workers() as workers:
        assert len({workers.submit(os.getpid).result() for _ in range(5)}) == 1


@pytest.mark.parametrize("pause", [0.0, 0.6], ids=["at once", "after a while"])
def test_a_process_is_swept_between_two_briefs_and_keeps_what_it_has_loaded(tmp_path, pause):
    with Workers() as workers:
        workers.submit(press, job(tmp_path)).result()
        time.sleep(pause)
        assert workers.submit(gc.get_freeze_count).result() > 10_000
        assert workers.submit(press, job(tmp_path)).result().exit_code == 0


def test_what_a_call_raises_comes_back():
    with Workers() as workers:
        assert isinstance(workers.submit(int, "seven").exception(), ValueError)


@POSIX
def test_a_process_that_dies_is_one_sentence_and_the_next_brief_is_made(tmp_path):
    with Workers() as workers:
        futures = [workers.submit(press, job(tmp_path)), workers.submit(os.abort), workers.submit(press, job(tmp_path))]
        first, last = made(futures[0], job(tmp_path)), made(futures[2], job(tmp_path))
        dead = made(futures[1], job(tmp_path, "dead"))
    assert (first.exit_code, dead.exit_code, last.exit_code) == (0, 3, 0)
    assert [d.code for d in dead.diagnostics] == ["worker-died"]
    assert dead.diagnostics[0].file.endswith("dead.yaml")
    assert "signal 6" in dead.diagnostics[0].message


def test_the_clock_ends_what_waits_for_ever():
    begin = time.monotonic()
    told = ended(time.sleep, 60, limits=Limits(clock=1))
    assert time.monotonic() - begin < 20
    assert (told.code, "after 1 seconds" in told.message) == ("time-limit", True)


@POSIX
def test_processor_time_counts_from_call_to_call():
    with Workers(1, Limits(processor=1)) as workers:
        # Each of these takes well over half a second; together they would be over the limit.
        for _ in range(4):
            assert workers.submit(burn, 0.7).result() is None
        error = workers.submit(burn, 30).exception()
    assert isinstance(error, MachineError)
    assert error.diagnostics[0].code == "time-limit"


def burn(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


@POSIX
def test_memory_is_limited():
    assert ended(bytearray, 2_000_000_000, limits=Limits(memory=500)).code == "memory-limit"


HOSTILE = {
    "time-limit": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "memory-limit": "{{ 'x' * 2000000000 }}",
}


@POSIX
@pytest.mark.parametrize("code", HOSTILE)
def test_a_hostile_theme_is_one_sentence_and_the_old_outputs_stay(run_briefing, tmp_path, code):
    made_before = press(job(tmp_path))
    assert made_before.exit_code == 0
    before = (tmp_path / "output/mongolia.html").read_bytes()
    theme = tmp_path / "templates/evil"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: evil\nextends: standard\n")
    (theme / "brief.html.j2").write_text(HOSTILE[code])
    run = run_briefing("build", "-f", "html", "--theme", "evil", "--time-limit", 2, cwd=tmp_path)
    assert run.returncode == 3
    assert f"error[{code}]" in run.stderr
    assert "content/mongolia.yaml" in run.stderr
    assert "Traceback" not in run.stderr
    assert (tmp_path / "output/mongolia.html").read_bytes() == before


def test_who_leaves_in_a_hurry_does_not_wait():
    def leave_at_once() -> None:
        with Workers() as workers:
            workers.submit(time.sleep, 60)
            time.sleep(0.5)
            raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        leave_at_once()
    assert time.monotonic() - begin < 10


@POSIX
def test_no_process_is_left_behind():
    with Workers(2) as workers:
        numbers = [workers.submit(os.getpid).result() for _ in range(4)]
    running = subprocess.run(["ps", "-o", "pid="], capture_output=True, text=True, check=True).stdout.split()
    assert not {str(number) for number in numbers} & set(running)


@POSIX
def test_a_process_that_ran_out_of_memory_makes_no_other_brief(tmp_path):
    hungry = job(tmp_path)
    theme = tmp_path / "templates/evil"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: evil\nextends: standard\n")
    (theme / "brief.html.j2").write_text(HOSTILE["memory-limit"])
    with Workers(1, Limits(memory=500)) as workers:
        first = workers.submit(os.getpid).result()
        outcome = made(workers.submit(press, replace(hungry, theme="evil")), hungry)
        assert [d.code for d in outcome.diagnostics] == ["memory-limit"]
        assert workers.submit(os.getpid).result() != first
        assert made(workers.submit(press, hungry), hungry).exit_code == 0


def test_the_seam_is_that_of_the_standard_library(tmp_path):
    """Any executor will do: threads here, a cluster elsewhere."""
    brief = job(tmp_path)
    with ThreadPoolExecutor(1) as executor:
        outcome = made(executor.submit(press, brief), brief)
    assert outcome.exit_code == 0
