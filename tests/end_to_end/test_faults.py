"""Kills, full disks, concurrent builds and invalid briefs leave complete old or complete new outputs."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.project import ROOT
from tests.support.sweep import FACTOR, SEED, sweep

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

BRIEF = """\
title: "Mongolia: between two neighbours"
language: en
country: MN
summary: It trades with both and belongs to neither.
fact_box:
  facts:
    Capital: Ulaanbaatar
sections:
  - title: Neighbours
    body: |
      Mongolia lies between Russia and China, and speaks to both. This is edition {number}.
"""


def write(folder: Path, number: int = 1, name: str = "mongolia") -> Path:
    content = folder / "content" / f"{name}.yaml"
    content.parent.mkdir(parents=True, exist_ok=True)
    content.write_text(BRIEF.format(number=number), "utf-8")
    return content


def prints(folder: Path) -> dict[str, str]:
    """name -> hash of every visible file of an output folder."""
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if not p.name.startswith(".")}


def litter(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(".") and p.name != ".briefing.json"]


def vouched(folder: Path) -> bool:
    """Whether the manifest knows every file as it is."""
    known = json.loads((folder / ".briefing.json").read_text("utf-8"))
    marks = {f"{name}.{suffix}": mark for name, entry in known.items() for suffix, mark in marks_of(entry).items()}
    return prints(folder) == marks


def marks_of(entry: dict[str, object]) -> dict[str, str]:
    return {suffix: mark for suffix, mark in entry.items() if isinstance(mark, str)}


@sweep
@POSIX
def test_a_build_killed_at_any_moment_leaves_complete_outputs(tmp_path, run_briefing):
    sets = {}
    for number in (1, 2):
        run = run_briefing("build", write(tmp_path / str(number), number), "-f", "html,docx", cwd=tmp_path)
        assert run.returncode == 0, run.stderr
        sets[number] = prints(tmp_path / str(number) / "output")
    assert sets[1] != sets[2]
    here = tmp_path / "here"
    run_briefing("build", write(here, 1), "-f", "html,docx", cwd=tmp_path)
    begin = time.monotonic()
    run_briefing("build", write(here, 1), "-f", "html,docx", cwd=tmp_path)
    length = time.monotonic() - begin
    chance = random.Random(SEED)
    killed = 0
    for turn in range(24 * FACTOR):
        content = write(here, 1 + turn % 2)
        build = subprocess.Popen(
            [sys.executable, "-m", "briefing", "build", "-q", "-f", "html,docx", content],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        # The files change hands at the end: most of the moments lie there.
        time.sleep(length * chance.triangular(0.0, 1.1, 0.9))
        os.killpg(build.pid, signal.SIGKILL)
        killed += build.wait() == -signal.SIGKILL
        assert prints(here / "output").keys() == sets[1].keys()
        for name, mark in prints(here / "output").items():
            assert mark in {sets[1][name], sets[2][name]}, f"{name} is broken"
    assert killed > 5 * FACTOR
    run = run_briefing("build", write(here, 1), "-f", "html,docx", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert (prints(here / "output"), litter(here / "output")) == (sets[1], [])


PUBLISHER = """
import sys
from pathlib import Path
from briefing.publish import publish
folder = Path(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    number += 1
    text = f"{number} ".encode() * 20_000
    publish(folder, "kazakhstan", {"html": text, "pdf": text, "docx": text})
"""


@sweep
@POSIX
def test_publishing_killed_at_any_moment_leaves_complete_outputs(tmp_path):
    """Nothing but publishing, so that nearly every kill falls into it; the set is looked at after the next run's repair."""
    folder = tmp_path / "output"
    chance = random.Random(20161012)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    from briefing.publish import publish

    for _turn in range(76 * FACTOR):
        process = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, folder], stdout=subprocess.PIPE, env=env, cwd=tmp_path
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.03))
        process.kill()
        process.wait()
        process.stdout.close()
        publish(folder, "mongolia", {"html": b"the next run"})
        sets = {p.read_bytes() for p in folder.iterdir() if p.name.startswith("kazakhstan.")}
        assert len(sets) <= 1, "the formats are of different builds"
        assert (vouched(folder), litter(folder)) == (True, [])
        assert not [p for p in folder.iterdir() if "edited" in p.name], "a file of ours was taken for an edited one"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte; skipped where nobody may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("no small disk can be made on this system")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_at_any_step_leaves_complete_outputs(small_disk):
    from briefing.diagnostics import MachineError
    from briefing.publish import publish

    folder, ballast = small_disk / "output", small_disk / "ballast"
    first = {suffix: suffix.encode() * 9_000 for suffix in ("html", "pdf", "docx")}
    second = {suffix: suffix.upper().encode() * 10_000 for suffix in ("html", "pdf", "docx")}
    publish(folder, "kazakhstan", first)
    failed = succeeded = 0
    for step in range(50):
        publish(folder, "kazakhstan", first)
        free = shutil.disk_usage(small_disk).free
        ballast.write_bytes(b"x" * max(free - step * 4096, 0))
        told = ""
        try:
            publish(folder, "kazakhstan", second)
        except MachineError as error:
            told = str(error)
        assert not told or "the disk is full" in told
        failed, succeeded = failed + bool(told), succeeded + (not told)
        wanted = first if told else second
        assert {p.suffix[1:]: p.read_bytes() for p in folder.glob("kazakhstan.*")} == wanted, step
        ballast.unlink()
        publish(folder, "mongolia", {"html": b"the next run"})
        assert (vouched(folder), litter(folder)) == (True, [])
    assert failed > 10
    assert succeeded > 5


@sweep
@pytest.mark.parametrize("formats", ["html,docx"])
def test_concurrent_builds_into_one_folder_leave_complete_outputs(tmp_path, run_briefing, formats):
    whole = []
    for number in range(4):
        run = run_briefing("build", write(tmp_path / str(number), number), "-f", formats, cwd=tmp_path)
        assert run.returncode == 0, run.stderr
        whole.append(prints(tmp_path / str(number) / "output"))
    assert len({tuple(sorted(files.items())) for files in whole}) == 4
    output = tmp_path / "output"

    def build(number: int) -> int:
        content = tmp_path / str(number % 4) / "content/mongolia.yaml"
        return run_briefing("build", content, "-f", formats, "-o", output, cwd=tmp_path).returncode

    for _round in range(FACTOR):
        with ThreadPoolExecutor(16) as crowd:
            assert set(crowd.map(build, range(16))) == {0}
        assert prints(output) in whole, "the formats are of different builds"
        assert (vouched(output), litter(output)) == (True, [])


def test_concurrent_repeated_publishing_into_one_folder_leaves_complete_outputs(tmp_path):
    """The same crowd with nothing to do but publish: 16 at once, 20 rounds."""
    code = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from briefing.publish import publish
        for number in range(20):
            text = f"{sys.argv[2]} {number}".encode() * 1000
            publish(Path(sys.argv[1]), "kazakhstan", {"html": text, "pdf": text, "docx": text})
        """
    )
    folder = tmp_path / "output"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    crowd = [
        subprocess.Popen([sys.executable, "-c", code, folder, str(number)], env=env, stderr=subprocess.PIPE)
        for number in range(16)
    ]
    for process in crowd:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
    assert len(set(prints(folder).values())) == 1
    assert (vouched(folder), litter(folder)) == (True, [])


def test_ten_invalid_briefs_do_not_stop_the_other_190(tmp_path, run_briefing):
    bad = set(range(7, 200, 20))
    for number in range(200):
        content = write(tmp_path, number, f"brief-{number:03}")
        if number in bad:
            content.write_text(content.read_text("utf-8").replace("summary:", "sumary:"), "utf-8")
    run = run_briefing("build", "-f", "html", cwd=tmp_path)
    assert run.returncode == 1
    made = {path.stem for path in (tmp_path / "output").glob("*.html")}
    assert made == {f"brief-{number:03}" for number in range(200) if number not in bad}
    assert run.stderr.count("error[") == len(bad) == 10
    for number in bad:
        assert f"content/brief-{number:03}.yaml:" in run.stderr
    assert "190 of 200 briefs made" in run.stdout
