"""Building briefs in worker processes: a failure gives one error and affects no other brief."""

import contextlib
import gc
import os
import signal
import subprocess
import sys
import tempfile
import time
import types
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.diagnostics import MachineError
from briefing.pipeline import Job, build
from briefing.workers import worker
from briefing.workers.pool import Limits, WorkerPool, outcome_of
from tests.support.project import ROOT

BRIEF = """\
title: "Mongolia: between two neighbours"
language: en
sections:
  - title: Neighbours
    body: Mongolia lies between Russia and China.
"""
POSIX = pytest.mark.skipif(sys.platform != "linux", reason="limits of POSIX")


def test_output_of_a_worker_process_is_shown_only_for_debugging():
    script = (
        "import os; from briefing.workers.pool import WorkerPool; print('once', end='', flush=True)\n"
        "if __name__ == '__main__':\n"
        "    with WorkerPool(2) as pool:\n"
        "        print(pool.submit(print, 'never', flush=True).result(), pool.submit(os.system, 'echo never >&2').result(), end='')"
    )
    quiet, told = (
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": str(ROOT), "BRIEFING_DEBUG": debug},
            capture_output=True,
            text=True,
            check=True,
        )
        for debug in ("", "1")
    )
    assert (quiet.stdout, quiet.stderr) == ("onceNone 0", "")
    assert (told.stdout, told.stderr.split()) == ("onceNone 0", ["never", "never"])


def test_a_worker_process_does_not_import_from_the_current_folder(tmp_path):
    """As the command `briefing` does not, which stands in another folder."""
    script = tmp_path / "bin" / "briefing.py"
    script.parent.mkdir()
    script.write_text(
        "import sys\nif __name__ == '__main__':\n    from briefing.__main__ import main; sys.exit(main())"
    )
    script = script.rename(script.with_name("start"))
    job(tmp_path)
    for name in ("copyreg", "json", "multiprocessing", "pebble", "pickle", "runpy", "yaml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('a file of the project was run')")
    run = subprocess.run(
        [sys.executable, str(script), "build", "-f", "html"],
        cwd=tmp_path,
        env={**{k: v for k, v in os.environ.items() if k != "PYTHONSAFEPATH"}, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@POSIX
def test_a_worker_process_ends_if_its_parent_is_killed():
    """Whether it runs a call or waits for one."""
    script = (
        "import os, time; from briefing.workers.pool import WorkerPool; pool = WorkerPool(2); "
        "tasks = [pool.submit(pid_after, 0.5) for _ in range(2)]; print(*[task.result() for task in tasks], flush=True); "
        "pool.submit(time.sleep, 60); time.sleep(0.5); os.kill(os.getpid(), 9)"
    )
    script = f"from tests.workers.test_workers import pid_after; {script}"
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    workers = {int(number) for number in said.split()}
    assert len(workers) == 2
    end = time.monotonic() + 10
    while time.monotonic() < end and any(map(runs, workers)):
        time.sleep(0.05)
    assert not any(map(runs, workers))


def pid_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


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
    with WorkerPool(1, limits) as workers:
        error = workers.submit(call, *arguments).exception()
    assert isinstance(error, MachineError)
    return error.diagnostics[0]


def test_a_brief_is_built_in_another_process(tmp_path):
    with WorkerPool() as workers:
        outcome = outcome_of(workers.submit(build, job(tmp_path)), job(tmp_path))
        assert workers.submit(os.getpid).result() != os.getpid()
    assert outcome.exit_code == 0
    assert (tmp_path / "output/mongolia.html").is_file()


def test_one_worker_process_handles_many_calls():
    with WorkerPool() as workers:
        assert len({workers.submit(os.getpid).result() for _ in range(5)}) == 1


def test_a_worker_process_excludes_loaded_objects_from_garbage_collection(tmp_path):
    with WorkerPool() as workers:
        workers.submit(build, job(tmp_path)).result()
        assert workers.submit(gc.get_freeze_count).result() > 10_000
        assert workers.submit(build, job(tmp_path)).result().exit_code == 0


def test_the_exception_of_a_call_is_returned():
    with WorkerPool() as workers:
        assert isinstance(workers.submit(int, "seven").exception(), ValueError)


@POSIX
def test_a_worker_process_that_dies_gives_one_error_and_the_next_brief_is_built(tmp_path):
    with WorkerPool() as workers:
        futures = [workers.submit(build, job(tmp_path)), workers.submit(os.abort), workers.submit(build, job(tmp_path))]
        first, last = outcome_of(futures[0], job(tmp_path)), outcome_of(futures[2], job(tmp_path))
        dead = outcome_of(futures[1], job(tmp_path, "dead"))
    assert (first.exit_code, dead.exit_code, last.exit_code) == (0, 3, 0)
    assert [d.code for d in dead.diagnostics] == ["worker-died"]
    assert dead.diagnostics[0].file.endswith("dead.yaml")
    assert "signal 6" in dead.diagnostics[0].message


def test_the_time_limit_ends_a_waiting_call():
    begin = time.monotonic()
    told = ended(time.sleep, 60, limits=Limits(clock=1))
    assert time.monotonic() - begin < 20
    assert (told.code, "after 1 seconds" in told.message) == ("time-limit", True)


@POSIX
def test_the_cpu_time_limit_applies_to_each_call_separately():
    with WorkerPool(1, Limits(processor=1)) as workers:
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
def test_a_call_over_the_memory_limit_is_ended():
    assert ended(bytearray, 2_000_000_000, limits=Limits(memory=500)).code == "memory-limit"


HOSTILE = {
    "time-limit": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "memory-limit": "{{ 'x' * 2000000000 }}",
}


@POSIX
@pytest.mark.parametrize("code", HOSTILE)
def test_a_hostile_theme_is_reported_and_the_old_outputs_are_kept(run_briefing, tmp_path, code):
    made_before = build(job(tmp_path))
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


def test_the_pool_does_not_wait_for_calls_after_an_exception():
    def leave_at_once() -> None:
        with WorkerPool() as workers:
            workers.submit(time.sleep, 60)
            time.sleep(0.5)
            raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        leave_at_once()
    assert time.monotonic() - begin < 10


@POSIX
def test_no_worker_process_remains_after_the_pool_is_closed():
    with WorkerPool(2) as workers:
        numbers = [workers.submit(os.getpid).result() for _ in range(4)]
    running = subprocess.run(["ps", "-o", "pid="], capture_output=True, text=True, check=True).stdout.split()
    assert not {str(number) for number in numbers} & set(running)


@POSIX
def test_a_worker_process_that_ran_out_of_memory_is_replaced(tmp_path):
    hungry = job(tmp_path)
    theme = tmp_path / "templates/evil"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: evil\nextends: standard\n")
    (theme / "brief.html.j2").write_text(HOSTILE["memory-limit"])
    with WorkerPool(1, Limits(memory=500)) as workers:
        first = workers.submit(os.getpid).result()
        outcome = outcome_of(workers.submit(build, replace(hungry, theme="evil")), hungry)
        assert [d.code for d in outcome.diagnostics] == ["memory-limit"]
        assert workers.submit(os.getpid).result() != first
        assert outcome_of(workers.submit(build, hungry), hungry).exit_code == 0


def test_a_thread_pool_executor_can_build_a_brief(tmp_path):
    brief = job(tmp_path)
    with ThreadPoolExecutor(1) as executor:
        outcome = outcome_of(executor.submit(build, brief), brief)
    assert outcome.exit_code == 0


@POSIX
def test_a_worker_process_killed_between_two_calls_loses_no_call():
    with WorkerPool() as workers:
        first = workers.submit(os.getpid).result()
        os.kill(first, 9)
        assert workers.submit(os.getpid).result() != first


@POSIX
def test_a_call_that_exits_is_reported_as_worker_died():
    assert ended(sys.exit, 0).code == "worker-died"


def test_a_call_with_a_missing_module_fails_alone():
    with WorkerPool() as workers:
        assert isinstance(workers.submit(only_here()).exception(), Exception)
        assert workers.submit(abs, -1).result() == 1


class AwkwardError(Exception):
    """It pickles, and does not unpickle."""

    def __init__(self, first, second):
        super().__init__(first)
        self.second = second


def raise_awkward():
    raise AwkwardError(1, 2)


def test_an_exception_that_cannot_be_pickled_fails_only_its_call():
    with WorkerPool() as workers:
        assert isinstance(workers.submit(raise_awkward).exception(), TypeError)
        assert workers.submit(abs, -1).result() == 1


def only_here():
    module = types.ModuleType("no_module_of_a_worker")
    exec("def function(): pass", module.__dict__)
    sys.modules[module.__name__] = module
    return module.function


def kept_file() -> str:
    """The name of a temporary file that nobody removes."""
    with tempfile.NamedTemporaryFile(delete=False) as file:
        return file.name


def test_temporary_files_of_worker_processes_are_removed_with_the_pool():
    with WorkerPool() as pool:
        name = Path(pool.submit(kept_file).result())
        assert name.is_file()
    assert not name.parent.exists()
    assert tempfile.gettempdir() in map(str, name.parents)


def leave() -> None:
    os._exit(worker.NOT_FIT)


def test_a_call_that_ends_every_worker_process_fails():
    with WorkerPool(2) as pool:
        error = pool.submit(leave).exception(timeout=60)
    assert [found.code for found in error.diagnostics] == ["worker-died"]


@POSIX
@pytest.mark.parametrize("limit", [4, 8, 12], ids="{} open files".format)
def test_a_machine_that_cannot_start_processes_gives_an_error_per_call(limit):
    script = (
        "import os, resource; from briefing.workers.pool import WorkerPool; pool = WorkerPool(); "
        f"resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit})); "
        "calls = [pool.submit(os.getpid) for _ in range(2)]; "
        "print(*[call.exception().diagnostics[0].code for call in calls]); pool.shutdown()"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["no-process", "no-process"]


@POSIX
@pytest.mark.parametrize("count", [1, 400], ids=["one call", "more calls than a pipe holds"])
def test_an_interrupted_pool_ends_and_leaves_no_process(count):
    script = (
        "import sys, time; from briefing.workers.pool import WorkerPool\n"
        "try:\n"
        "    with WorkerPool(2) as pool:\n"
        f"        calls = [pool.submit(time.sleep, 60) for _ in range({count})] + [pool.submit(len, 'x' * 300_000)]\n"
        "        print('begun', flush=True); time.sleep(60)\n"
        "except KeyboardInterrupt: sys.exit(130)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            assert process.stdout.readline() == b"begun\n"
            os.killpg(process.pid, signal.SIGINT)
            assert process.communicate(timeout=20) == (b"", b""), "a worker that was starting printed a traceback"
            assert process.returncode == 130
            end = time.monotonic() + 10
            while time.monotonic() < end and group_runs(process.pid):
                time.sleep(0.05)
            assert not group_runs(process.pid)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def group_runs(number: int) -> bool:
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    return True
