"""Outputs are published completely or not at all, and edited Word files are never lost."""

import hashlib
import json
import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from briefing.diagnostics import MachineError
from briefing.publish import LOCK, MANIFEST, publish
from briefing.publish.lock import locked
from tests.support.project import ROOT

FIRST = {"html": b"<p>first</p>", "pdf": b"%PDF first", "docx": b"PK first"}
SECOND = {"html": b"<p>second</p>", "pdf": b"%PDF second", "docx": b"PK second"}
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and limits")


def contents(folder: Path, *, hidden: bool = False) -> dict[str, bytes]:
    """name -> bytes of every file in a folder."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if hidden or not p.name.startswith(".")}


def as_files(name: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{name}.{suffix}": data for suffix, data in files.items()}


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "output"


@pytest.fixture
def full(folder) -> Path:
    """An output folder with a first build of one brief."""
    publish(folder, "kazakhstan", FIRST)
    return folder


def test_publish_writes_the_outputs_and_leaves_no_other_files(folder):
    result = publish(folder, "kazakhstan", FIRST)
    assert contents(folder) == as_files("kazakhstan", FIRST)
    assert [path.name for path in result.written] == ["kazakhstan.html", "kazakhstan.pdf", "kazakhstan.docx"]
    assert set(contents(folder, hidden=True)) - set(contents(folder)) == {MANIFEST}


def test_missing_folders_are_created(folder):
    publish(folder / "central-asia" / "2016", "kazakhstan", FIRST)
    assert (folder / "central-asia" / "2016" / "kazakhstan.pdf").read_bytes() == FIRST["pdf"]


def test_new_outputs_replace_the_old_ones(full):
    result = publish(full, "kazakhstan", SECOND)
    assert contents(full) == as_files("kazakhstan", SECOND)
    assert (result.edited, result.older) == ((), ())


@posix
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_outputs_have_the_permissions_of_the_umask(folder, umask, mode):
    before = os.umask(umask)
    try:
        publish(folder, "kazakhstan", FIRST)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {mode}


def test_the_manifest_holds_only_names_and_hashes(full):
    manifest = json.loads((full / MANIFEST).read_bytes())
    assert manifest == {"kazakhstan": {suffix: hashlib.sha256(data).hexdigest() for suffix, data in FIRST.items()}}


def test_the_manifest_does_not_depend_on_the_order_of_the_builds(tmp_path):
    for name, order in (("one", ["a", "b"]), ("two", ["b", "a"])):
        for brief in order:
            publish(tmp_path / name, brief, FIRST)
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()


def test_outputs_of_an_earlier_build_are_kept_and_reported_as_older(full):
    result = publish(full, "kazakhstan", {"html": SECOND["html"]})
    assert contents(full) == as_files("kazakhstan", {**FIRST, "html": SECOND["html"]})
    assert [path.name for path in result.older] == ["kazakhstan.docx", "kazakhstan.pdf"]


def test_a_deleted_older_output_is_not_reported(full):
    (full / "kazakhstan.pdf").unlink()
    assert [p.name for p in publish(full, "kazakhstan", {"html": b"x"}).older] == ["kazakhstan.docx"]


# A Word file that was changed by hand.


def test_an_edited_word_file_is_kept_beside_the_new_one(full):
    word = full / "kazakhstan.docx"
    word.write_bytes(b"PK edited")
    os.utime(word, (1_480_000_000, 1_480_000_000))
    result = publish(full, "kazakhstan", SECOND)
    (kept,) = result.edited
    assert kept.read_bytes() == b"PK edited"
    assert word.read_bytes() == SECOND["docx"]
    assert kept.name.startswith("kazakhstan (edited 2016-11-24 ")
    assert kept.name.endswith(").docx")


def test_a_second_edited_file_of_the_same_minute_is_numbered(full):
    word = full / "kazakhstan.docx"
    for text in (b"PK mine", b"PK yours", b"PK theirs"):
        word.write_bytes(text)
        os.utime(word, (1_480_000_000, 1_480_000_000))
        publish(full, "kazakhstan", SECOND)
    kept = sorted(path for path in full.iterdir() if "edited" in path.name)
    assert [path.name.partition(")")[2] for path in kept] == [" 2.docx", " 3.docx", ".docx"]
    assert {path.read_bytes() for path in kept} == {b"PK mine", b"PK yours", b"PK theirs"}


def test_a_word_file_of_unknown_origin_is_kept(folder):
    folder.mkdir()
    (folder / "kazakhstan.docx").write_bytes(b"PK by hand")
    (kept,) = publish(folder, "kazakhstan", FIRST).edited
    assert kept.read_bytes() == b"PK by hand"


@pytest.mark.parametrize(
    "garbage", [b"", b"not JSON", b"[]", b"{", b'{"kazakhstan": 1}', b'{"kazakhstan": {"docx": 1}}', b"\xff"]
)
def test_a_damaged_manifest_loses_no_edited_file(full, garbage):
    (full / MANIFEST).write_bytes(garbage)
    (full / "kazakhstan.docx").write_bytes(b"PK edited")
    (kept,) = publish(full, "kazakhstan", SECOND).edited
    assert kept.read_bytes() == b"PK edited"
    assert (full / "kazakhstan.docx").read_bytes() == SECOND["docx"]


def test_an_unchanged_word_file_is_replaced(full):
    assert publish(full, "kazakhstan", SECOND).edited == ()
    assert publish(full, "kazakhstan", FIRST).edited == ()
    assert len(contents(full)) == 3


def test_a_word_file_equal_to_the_new_one_is_not_kept_as_edited(full):
    (full / MANIFEST).unlink()
    assert publish(full, "kazakhstan", FIRST).edited == ()


def test_a_build_without_word_leaves_an_edited_word_file_unchanged(full):
    (full / "kazakhstan.docx").write_bytes(b"PK edited")
    publish(full, "kazakhstan", {"html": SECOND["html"]})
    assert (full / "kazakhstan.docx").read_bytes() == b"PK edited"
    (kept,) = publish(full, "kazakhstan", SECOND).edited
    assert kept.read_bytes() == b"PK edited"


# Targets that are no files.


@pytest.mark.parametrize("suffix", ["html", "pdf", "docx"])
@pytest.mark.parametrize("dangling", [False, True], ids=["to a file", "to nothing"])
def test_nothing_is_written_through_a_symbolic_link(full, tmp_path, suffix, dangling):
    elsewhere = tmp_path / "elsewhere"
    if not dangling:
        elsewhere.write_bytes(b"precious")
    target = full / f"kazakhstan.{suffix}"
    target.unlink()
    target.symlink_to(elsewhere)
    before = {p.name: p.read_bytes() for p in full.iterdir() if not p.is_symlink()}
    with pytest.raises(MachineError, match=f"kazakhstan.{suffix} is a symbolic link") as caught:
        publish(full, "kazakhstan", SECOND)
    assert [found.code for found in caught.value.diagnostics] == ["not-a-file"]
    assert {p.name: p.read_bytes() for p in full.iterdir() if not p.is_symlink()} == before
    assert target.is_symlink()
    assert elsewhere.exists() != dangling


def test_a_folder_in_place_of_an_output_is_reported(full):
    (full / "kazakhstan.pdf").unlink()
    (full / "kazakhstan.pdf").mkdir()
    with pytest.raises(MachineError, match=r"kazakhstan\.pdf is a folder"):
        publish(full, "kazakhstan", SECOND)
    assert (full / "kazakhstan.html").read_bytes() == FIRST["html"]


def test_a_link_in_place_of_a_temporary_file_is_not_followed(full, tmp_path):
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (full / ".briefing-new-kazakhstan.pdf").symlink_to(precious)
    publish(full, "kazakhstan", SECOND)
    assert precious.read_bytes() == b"precious"
    assert contents(full) == as_files("kazakhstan", SECOND)


def test_a_file_in_place_of_the_output_folder_is_reported(tmp_path):
    (tmp_path / "output").write_bytes(b"a file")
    with pytest.raises(MachineError, match="output cannot be written: a file stands") as caught:
        publish(tmp_path / "output", "kazakhstan", FIRST)
    assert [found.code for found in caught.value.diagnostics] == ["cannot-write"]


def test_a_file_that_is_open_in_another_program_is_reported(full, monkeypatch):
    """As Windows answers while Word has the file open."""
    rename = Path.replace

    def replace(self, target):
        if Path(target).name == "kazakhstan.docx":
            raise PermissionError(13, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(MachineError) as caught:
        publish(full, "kazakhstan", SECOND)
    (told,) = caught.value.diagnostics
    assert told.code == "file-open"
    assert "kazakhstan.docx is open in another program" in told.message
    assert told.help == "close kazakhstan.docx and run again"
    assert contents(full) == as_files("kazakhstan", FIRST)


# A step that fails, and a build that is killed.

CHILD = """
import os, sys
from pathlib import Path
from briefing.publish import publish
from briefing.diagnostics import MachineError

FIRST = {"html": b"<p>first</p>", "pdf": b"%PDF first", "docx": b"PK first"}
SECOND = {"html": b"<p>second</p>", "pdf": b"%PDF second", "docx": b"PK second"}
STEPS = {"fsync", "write", "lock", "open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.listdir", "os.scandir", "shutil.copyfile"}
armed, seen, act = 0, 0, None

def watch(event, arguments):
    global armed, seen
    if armed and event in STEPS:
        seen += 1
        if seen == armed:
            armed = 0
            act()

sys.addaudithook(watch)

# The system reports every step but these: forcing to the disk, writing and locking.
import fcntl, io
real_fsync, real_open, real_lock = os.fsync, io.open, fcntl.flock
def fsync(handle):
    watch("fsync", ())
    return real_fsync(handle)
def lock(handle, how):
    watch("lock", ())
    return real_lock(handle, how)
class Writer(io.FileIO):
    def write(self, data):
        watch("write", ())
        return super().write(data)
def opened(file, mode="r", *arguments, **named):
    if mode != "xb":
        return real_open(file, mode, *arguments, **named)
    return io.BufferedWriter(Writer(file, "x"))
os.fsync, io.open, fcntl.flock = fsync, opened, lock

def files(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir()} if folder.is_dir() else {}

def visible(folder):
    return {name: data for name, data in files(folder).items() if not name.startswith(".")}

def whole(name, files):
    return {f"{name}.{suffix}": data for suffix, data in files.items()}
"""


def child(code: str, *arguments: object, limit: int = 0) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-c", CHILD + textwrap.dedent(code), *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=limited if limit else None,
    )


@posix
@pytest.mark.parametrize(
    ("number", "said"),
    [(28, "the disk is full"), (5, "the disk does not answer"), (13, "you may not write there"), (30, "the disk can only be read")],
    ids=["ENOSPC", "EIO", "EACCES", "EROFS"],
)  # fmt: skip
def test_a_failed_step_leaves_every_file_unchanged(tmp_path, number, said):
    """At every open, write, fsync, link, rename, remove, mkdir, listing and lock in turn, by the names that the system gives them."""
    run = child(
        """
        root = Path(sys.argv[1])
        def act():
            raise OSError(int(sys.argv[2]), os.strerror(int(sys.argv[2])))
        failed = succeeded = 0
        for step in range(1, 200):
            for edited in (False, True):
                folder = root / f"{step}-{edited}"
                publish(folder, "kazakhstan", FIRST)
                if edited:
                    (folder / "kazakhstan.docx").write_bytes(b"PK edited")
                before = files(folder)
                seen, armed, slip = 0, step, None
                try:
                    publish(folder, "kazakhstan", SECOND)
                except MachineError as error:
                    slip = error
                done, armed = bool(armed), 0
                if slip:
                    failed += 1
                    # What cannot be moved because it may not be written to is taken for open in another program.
                    assert sys.argv[3] in str(slip) or (sys.argv[2] == "13" and "another program" in str(slip)), slip
                    now = {n: d for n, d in files(folder).items() if n != ".briefing.lock"}
                    litter = {n: d for n, d in now.items() if n not in before}
                    assert not visible(folder).keys() - before.keys(), (step, now)
                    assert all(now.get(n) == d for n, d in before.items()), (step, before, now)
                    assert len(litter) <= 1, (step, litter)
                else:
                    succeeded += 1
                    now = visible(folder)
                    assert whole("kazakhstan", SECOND).items() <= now.items(), (step, now)
                    assert len(now) == 3 + edited and (not edited or b"PK edited" in now.values()), (step, now)
                # The next run works, and sweeps up whatever could not be taken away.
                publish(folder, "kazakhstan", FIRST)
                assert not [n for n in files(folder) if n.startswith(".") and n != ".briefing.json"], (step, files(folder))
            if done:
                break
        print(step, failed, succeeded)
        """,
        tmp_path,
        number,
        said,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    steps, failed, succeeded = map(int, run.stdout.split())
    assert steps > 15
    assert failed > 20
    assert succeeded > 2


@posix
def test_a_build_killed_at_any_step_damages_and_loses_no_file(tmp_path):
    run = child(
        """
        root = Path(sys.argv[1])
        def act():
            os._exit(9)
        killed = 0
        for step in range(1, 200):
            for edited in (False, True):
                folder = root / f"{step}-{edited}"
                publish(folder, "kazakhstan", FIRST)
                if edited:
                    (folder / "kazakhstan.docx").write_bytes(b"PK edited")
                process = os.fork()
                if not process:
                    seen, armed = 0, step
                    publish(folder, "kazakhstan", SECOND)
                    os._exit(0)
                code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
                assert code in (0, 9), code
                killed += code == 9
                # Every file is there, and each is a whole one.
                for suffix in FIRST:
                    path = folder / f"kazakhstan.{suffix}"
                    good = {FIRST[suffix], SECOND[suffix], b"PK edited"}
                    assert edited and suffix == "docx" or path.read_bytes() in good, (step, suffix)
                # The next run, of another brief, finds or makes a whole set, keeps the edited file and leaves no litter.
                publish(folder, "mongolia", FIRST)
                now = {n: d for n, d in files(folder).items() if "mongolia" not in n}
                old, new = whole("kazakhstan", FIRST), whole("kazakhstan", SECOND)
                if edited:
                    old["kazakhstan.docx"] = b"PK edited"
                shown = {n: d for n, d in now.items() if n in old}
                assert shown in (old, new), (step, edited, now)
                assert not edited or b"PK edited" in now.values(), (step, now)
                assert not [n for n in now if n.startswith(".") and n != ".briefing.json"], (step, now)
                again = publish(folder, "kazakhstan", FIRST)
                assert bool(again.edited) == (edited and shown == old), (step, again)
            if code == 0:
                break
        print(step, killed)
        """,
        tmp_path,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    steps, killed = map(int, run.stdout.split())
    assert steps > 15
    assert killed > 30


@posix
@pytest.mark.parametrize("second", ["fails", "is killed"])
def test_a_failed_or_killed_recovery_damages_and_loses_no_file(tmp_path, second):
    """A build is killed at any step, the next one fails or is killed at any step, and the one after that succeeds."""
    run = child(
        """
        root = Path(sys.argv[1])
        def die():
            os._exit(9)
        def fail():
            if sys.argv[2] == "is killed":
                os._exit(9)
            raise OSError(5, os.strerror(5))
        def in_child(step, how, name, new):
            global seen, armed, act
            process = os.fork()
            if not process:
                seen, armed, act = 0, step, how
                try:
                    publish(folder, name, new)
                except MachineError:
                    os._exit(8)
                os._exit(1 if armed else 0)
            return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        old, new = whole("kazakhstan", FIRST), whole("kazakhstan", SECOND)
        interrupted = 0
        step = -1
        while True:
            step += 2
            for then in range(1 + step // 2 % 9, 200, 9):
                folder = root / f"{step}-{then}"
                publish(folder, "kazakhstan", FIRST)
                if not (step + then) % 3:
                    (folder / "kazakhstan.docx").write_bytes(b"PK edited")
                before = files(folder)
                code = in_child(step, die, "kazakhstan", SECOND)
                again = in_child(then, fail, "mongolia", {"html": FIRST["html"]})
                interrupted += code == 9 and again in (8, 9)
                publish(folder, "mongolia", FIRST)
                now = {n: d for n, d in files(folder).items() if "mongolia" not in n}
                shown = {n: d for n, d in now.items() if n in old}
                assert shown in (new, {n: before[n] for n in old}), (step, then, code, again, now)
                edited = before["kazakhstan.docx"] == b"PK edited"
                assert not edited or b"PK edited" in now.values(), (step, then, now)
                assert not [n for n in now if n.startswith(".") and n != ".briefing.json"], (step, then, now)
                if again == 1:
                    break
            if code == 1:
                break
        print(step, interrupted)
        """,
        tmp_path,
        second,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    steps, interrupted = map(int, run.stdout.split())
    assert steps > 15
    assert interrupted > 30


@posix
def test_a_build_killed_while_restoring_the_old_files_damages_no_file(tmp_path):
    """A step fails, and the build is killed at one of the steps that put everything back."""
    run = child(
        """
        root = Path(sys.argv[1])
        def die():
            os._exit(9)
        def fail():
            global seen, armed, act
            seen, armed, act = 0, later, die
            raise OSError(5, os.strerror(5))
        old, new = whole("kazakhstan", FIRST), whole("kazakhstan", SECOND)
        killed = 0
        for step in range(1, 200):
            for later in range(1 + step % 3, 200, 3):
                folder = root / f"{step}-{later}"
                publish(folder, "kazakhstan", FIRST)
                process = os.fork()
                if not process:
                    seen, armed, act = 0, step, fail
                    try:
                        publish(folder, "kazakhstan", SECOND)
                    except MachineError:
                        pass
                    os._exit(0 if act is die else 1)
                code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
                killed += code == 9
                publish(folder, "mongolia", {"html": FIRST["html"]})
                now = {n: d for n, d in files(folder).items() if "mongolia" not in n}
                shown = {n: d for n, d in now.items() if n in old}
                assert shown in (old, new), (step, later, code, now)
                assert now.keys() - {".briefing.json"} == shown.keys(), (step, later, now)
                if code != 9:
                    break
            if code == 1:
                break
        print(step, killed)
        """,
        tmp_path,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    steps, killed = map(int, run.stdout.split())
    assert steps > 15
    assert killed > 50


@posix
def test_a_file_too_large_for_the_disk_is_reported_and_changes_nothing(full):
    before = contents(full, hidden=True)
    run = child(
        """
        try:
            publish(Path(sys.argv[1]), "kazakhstan", {"html": b"small", "pdf": b"x" * 100_000, "docx": b"small"})
        except MachineError as error:
            print(error, "|", error.exit_code)
        """,
        full,
        limit=50_000,
    )
    assert "kazakhstan.pdf cannot be written: the file is larger than this disk" in run.stdout
    assert run.stdout.strip().endswith("| 3")
    assert contents(full, hidden=True) == before


# Two builds into one folder.


def test_a_second_build_waits_and_then_reports_that_the_folder_is_in_use(full):
    refused = pytest.raises(MachineError, match="another build is writing into")
    with locked(full), refused as caught, locked(full, wait=0.05):
        pass
    assert [found.code for found in caught.value.diagnostics] == ["folder-in-use"]
    with locked(full, wait=0.05):
        assert (full / LOCK).exists()
    assert not (full / LOCK).exists()


@posix
def test_the_lock_of_a_killed_build_does_not_stop_the_next_one(full):
    run = child(
        """
        from briefing.publish.lock import locked
        with locked(Path(sys.argv[1])):
            os._exit(9)
        """,
        full,
    )
    assert run.returncode == 9
    assert (full / LOCK).exists()
    publish(full, "kazakhstan", SECOND)
    assert not (full / LOCK).exists()


def test_concurrent_builds_leave_the_outputs_of_one_build(folder):
    code = """
    for number in range(40):
        text = f"{sys.argv[2]} {number}".encode()
        publish(Path(sys.argv[1]), "kazakhstan", {"html": text, "pdf": text, "docx": text})
    """
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD + textwrap.dedent(code), folder, str(name)], cwd=ROOT, stderr=subprocess.PIPE
        )
        for name in range(3)
    ]
    for build in builds:
        _, said = build.communicate()
        assert build.returncode == 0, said.decode()
    assert len(set(contents(folder).values())) == 1
    assert set(contents(folder, hidden=True)) == {"kazakhstan.html", "kazakhstan.pdf", "kazakhstan.docx", MANIFEST}
