"""Building briefs with a dask scheduler and worker processes on this machine."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefing.diagnostics import MachineError, SetupError
from briefing.pipeline import Job
from briefing.workers import cluster
from briefing.workers.pool import Limits
from tests.support.project import ROOT
from tests.workers.test_many import BRIEF

pytest.importorskip("distributed")


class Machines:
    """A scheduler and workers, each a process, which listen on this machine alone and end with the test."""

    def __init__(self, folder: Path, closing: contextlib.ExitStack) -> None:
        self.folder, self.closing = folder, closing
        self.told = folder / "scheduler.json"
        self._start("scheduler", "--port", "0")
        self.address = json.loads(self._wait(self.told))["address"]
        assert self.address.startswith("tcp://127.0.0.1:")

    def worker(self, package: Path = ROOT, *, supervised: bool = False) -> subprocess.Popen[bytes]:
        """One more worker; ``package`` is where it finds briefing, and ``supervised`` is dask's default."""
        settings = [
            "--nanny" if supervised else "--no-nanny",
            "--nthreads",
            "1",
            "--memory-limit",
            "0",
            "--local-directory",
            self.folder,
        ]
        pid = self.folder / f"worker-{len(list(self.folder.glob('worker-*')))}"
        process = self._start("worker", *settings, "--pid-file", pid, package=package)
        self._wait(pid)
        return process

    def _start(self, role: str, *words: object, package: Path = ROOT) -> subprocess.Popen[bytes]:
        common = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--scheduler-file", self.told]
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{role}", *map(str, [*common, *words])],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(package), "PYTHONWARNINGS": "ignore"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.closing.callback(process.wait)
        self.closing.callback(process.kill)
        return process

    def _wait(self, path: Path) -> str:
        deadline = time.monotonic() + 60
        while not (path.is_file() and path.read_text()):
            assert time.monotonic() < deadline, f"{path.name} never came"
            time.sleep(0.05)
        return path.read_text()


@pytest.fixture
def machines(tmp_path):
    (tmp_path / "machines").mkdir()
    with contextlib.ExitStack() as closing:
        yield Machines(tmp_path / "machines", closing)


@pytest.fixture
def project(tmp_path) -> Path:
    content = tmp_path / "project" / "content"
    content.mkdir(parents=True)
    for number in range(6):
        (content / f"country-{number}.yaml").write_text(BRIEF.format(number=number), "utf-8")
    (content / "country-3.yaml").write_text("title: It has no text\nsections:\n  - titel: Neighbours\n", "utf-8")
    return content.parent


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def until(what, seconds=60):
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_cluster_gives_the_same_bytes_and_messages_as_a_local_build(run_briefing, machines, project):
    machines.worker(), machines.worker()
    here = run_briefing("build", "-j", 2, cwd=project)
    made_here = files(project / "output")
    shutil.rmtree(project / "output")
    there = run_briefing("build", "--cluster", machines.address, cwd=project)
    assert len(made_here) == 15, here.stderr
    assert files(project / "output") == made_here
    # One bad brief is named, in the same words, and stops no other; the order is steady. The last line tells the time.
    assert (here.returncode, there.returncode) == (1, 1)
    assert "content/country-3.yaml:3:5" in there.stderr
    assert there.stderr == here.stderr
    assert there.stdout.splitlines()[:-1] == here.stdout.splitlines()[:-1]


def test_a_worker_supervised_by_dask_builds_briefs(run_briefing, machines, project):
    """dask starts it as a daemon, which may not start processes."""
    supervisor = machines.worker(supervised=True)
    until(
        lambda: (
            "no-cluster-worker"
            not in run_briefing("build", "-f", "html", "--cluster", machines.address, cwd=project).stderr
        )
    )
    assert len(files(project / "output")) == 5
    supervisor.terminate()  # and it ends its worker
    supervisor.wait()


def test_outputs_of_a_cluster_are_not_treated_as_up_to_date(run_briefing, machines, project):
    """Their Pango may be another one, and nothing compares it."""
    machines.worker()
    assert (
        "5 of 6 briefs made" in run_briefing("build", "-f", "html", "--cluster", machines.address, cwd=project).stdout
    )
    again = run_briefing("build", "-f", "html", cwd=project).stdout
    assert "5 of 6 briefs made" in again
    assert "up to date" not in again
    assert "5 briefs up to date" in run_briefing("build", "-f", "html", cwd=project).stdout


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_killed_worker_loses_no_brief(machines, project):
    one, _ = machines.worker(), machines.worker()
    command = [sys.executable, "-m", "briefing", "build", "-f", "html,docx", "--cluster", machines.address]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=project, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as build:
        until(lambda: list(project.glob("output/*.html")))
        one.kill()
        assert len(list(project.glob("output/*.html"))) < 4, "nothing was left to be made"
        said, problems = (words.decode() for words in build.communicate())
    assert "5 of 6 briefs made" in said
    assert problems.count("error[") == 1
    assert len(files(project / "output")) == 10


def test_a_scheduler_without_workers_gives_one_error(run_briefing, machines, project):
    run = run_briefing("build", "--cluster", machines.address, cwd=project)
    assert run.returncode == 3
    assert run.stderr.partition(": ")[0] == "error[no-cluster-worker]"
    assert len(run.stderr.splitlines()) == 4, "a sentence, what to do, and where to read more"


@pytest.mark.skipif(sys.platform != "linux", reason="a path that is another one for each process")
def test_a_worker_that_cannot_see_the_files_is_reported(machines, project, monkeypatch):
    machines.worker()
    monkeypatch.chdir(project)
    here = "/proc/self/cwd/content/country-0.yaml"
    assert Path(here).is_file()
    with pytest.raises(SetupError) as error:
        cluster.Cluster(machines.address, [Job(here, str(project / "output"))], Limits())
    (told,) = error.value.diagnostics
    assert told.code == "cluster-path"
    assert told.message.startswith("the worker at tcp://127.0.0.1:")
    assert told.message.endswith(f"does not see {here}")


def test_a_worker_with_another_version_is_reported(run_briefing, machines, project, tmp_path):
    older = tmp_path / "older"
    shutil.copytree(ROOT / "briefing", older / "briefing", ignore=shutil.ignore_patterns("__pycache__"))
    door = older / "briefing" / "__init__.py"
    changed = door.read_text().replace('__version__ = "', '__version__ = "0.')
    assert changed != door.read_text()
    door.write_text(changed)
    machines.worker(older)
    run = run_briefing("build", "--cluster", machines.address, cwd=project)
    assert run.returncode == 2
    assert "error[cluster-version]: the worker at tcp://127.0.0.1:" in run.stderr
    assert "has briefing 0." in run.stderr
    assert not (project / "output").exists()


def test_an_address_without_a_scheduler_is_reported(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(MachineError) as error:
        cluster.Cluster("tcp://127.0.0.1:1", [], Limits())
    assert error.value.diagnostics[0].code == "no-scheduler"


@pytest.mark.parametrize("address", ["scheduler", "inproc://1.2.3.4/5", "http://127.0.0.1:8786", "tcp://127.0.0.1"])
def test_an_invalid_scheduler_address_is_refused(address):
    with pytest.raises(SetupError) as error:
        cluster.Cluster(address, [], Limits())
    assert error.value.diagnostics[0].code == "cluster-address"


def test_a_missing_package_is_reported_with_the_install_command(project):
    code = (
        "import sys; sys.modules['distributed'] = None; "
        "from briefing.cli import run; sys.exit(run(['build', '--cluster', 'tcp://127.0.0.1:8786']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert "error[no-cluster]" in run.stderr
    assert "pip install" in run.stderr
    assert "Traceback" not in run.stderr
