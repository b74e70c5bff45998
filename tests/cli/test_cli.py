"""The command line, with each call in a separate process."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from briefing.cli.report import tally
from briefing.pipeline import File, Job, Outcome
from tests.support.project import ROOT

MONGOLIA = """\
series: Country brief
title: "Mongolia: the third neighbour"
summary: Between Russia and China, Mongolia looks for friends further away.
country: MN
language: en-GB
as_of: 2016-10-01
issued: 2016-10-05
key_points: |
  - Two neighbours, and a policy of the third.[@yearbook]
fact_box:
  facts:
    Capital: Ulaanbaatar
sections:
  - title: The third neighbour
    body: |
      The policy of the third neighbour looks to Japan, Korea and the West.
sources:
  yearbook: Statistical yearbook, 2015
"""

TEN_MISTAKES = """\
series: Country brief
titel: "Mongolia: the third neighbour"
title: Mongolia
country: Mongolia
as_of: 2016-13-01
issued: yesterday
status: finished
layout:
  paper: A5
  pages: two
key_points: |
  - Two neighbours.[@nobody]
sections:
  - title: The third neighbour
    body:
      - pullquote:
          text: It is charting a course.
      - pull_quote:
          by: A speaker
  - tittle: Trade
"""


def project(folder: Path, **briefs: str) -> Path:
    """A project with briefs: `project(tmp_path, mongolia=MONGOLIA)`."""
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "briefing.yaml").write_text("contact: desk@example.org\n", "utf-8")
    for name, text in briefs.items():
        (folder / "content" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def hashes(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture
def here(tmp_path) -> Path:
    return project(tmp_path / "desk", mongolia=MONGOLIA)


# Commands and help.


def test_the_bare_command_shows_the_commands_with_examples(run_briefing):
    run = run_briefing()
    assert run.returncode == 0
    for command in ("build", "check", "schema", "themes"):
        assert re.search(rf"^  {command} ", run.stdout, re.MULTILINE)
    assert "briefing build content/kazakhstan.yaml" in run.stdout
    assert "0 fine, 1 the content is wrong, 2 the call" in run.stdout


@pytest.mark.parametrize("command", ["build", "check", "schema", "themes"])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_a_help_text(run_briefing, command, flag):
    run = run_briefing(command, flag)
    assert run.returncode == 0
    assert run.stdout.startswith(f"Usage: briefing {command}")


def test_the_version_option_prints_the_version(run_briefing):
    import briefing

    assert run_briefing("--version").stdout == f"briefing {briefing.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "No such command 'bild'"),
        (["build", "--colour"], "No such option"),
        (["build", "-f", "odt"], "there is no format 'odt'; formats are html, pdf, docx"),
        (["build", "-f", "word"], "(Word is docx)"),
        (["build", "--for", "public"], "'public' is not one of 'internal', 'handout'"),
        (["build", "--messages", "loud"], "is not one of"),
        (["build", "nowhere.yaml"], "there is no file or folder 'nowhere.yaml'"),
        (["build", "content/mongolai.yaml"], "did you mean content/mongolia.yaml?"),
        (["build", "mongolia"], "did you mean content/mongolia.yaml?"),
        (["build", "briefing.yaml"], "'briefing.yaml' holds the defaults of a project"),
        (["build", "notes.txt"], "'notes.txt' is no content file"),
        (["build", "empty"], "there is no content file in empty"),
        (["check", "nowhere.yaml"], "there is no file or folder 'nowhere.yaml'"),
        (["build", "--theme", "baroque", "-f", "html"], "there is no theme 'baroque'"),
        (["build", "--theme", "../x", "-f", "html"], "cannot be the name of a theme"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_exits_with_2_and_an_error_message(run_briefing, here, arguments, words):
    (here / "notes.txt").write_text("x")
    (here / "empty").mkdir()
    run = run_briefing(*arguments, cwd=here)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert not (here / "output").exists()


def test_build_outside_a_project_reports_an_error(run_briefing, tmp_path):
    run = run_briefing("build", cwd=tmp_path)
    assert run.returncode == 2
    assert "this is no project: there is no briefing.yaml and no folder 'content' here or above" in run.stderr


# Which briefs, and where to.


@pytest.fixture
def desk(tmp_path) -> Path:
    """A project with briefs in folders."""
    folder = project(tmp_path / "desk", mongolia=MONGOLIA)
    for name in ("asia/central/kazakhstan.ru.yaml", "asia/korea.yml", "europe/norway.yaml", ".drafts/secret.yaml"):
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MONGOLIA, "utf-8")
    return folder


def outputs(folder: Path) -> list[str]:
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return sorted(p.as_posix() for p in found if not any(part.startswith(".") for part in p.parts))


@pytest.mark.parametrize(
    ("where", "arguments", "written"),
    [
        (".", [], ["output/asia/central/kazakhstan.ru.html", "output/asia/korea.html", "output/europe/norway.html", "output/mongolia.html"]),
        ("content/asia", [], ["output/asia/central/kazakhstan.ru.html", "output/asia/korea.html", "output/europe/norway.html", "output/mongolia.html"]),
        (".", ["content/asia"], ["output/asia/central/kazakhstan.ru.html", "output/asia/korea.html"]),
        (".", ["content/asia/korea.yml", "content/mongolia.yaml"], ["output/asia/korea.html", "output/mongolia.html"]),
        (".", ["content/asia", "content/asia/korea.yml"], ["output/asia/central/kazakhstan.ru.html", "output/asia/korea.html"]),
        ("content/europe", ["norway.yaml"], ["output/europe/norway.html"]),
        ("content", ["-o", "../drafts", "asia"], ["drafts/asia/central/kazakhstan.ru.html", "drafts/asia/korea.html"]),
        ("..", ["desk/content/europe"], ["output/europe/norway.html"]),
        ("..", ["desk"], ["output/asia/central/kazakhstan.ru.html", "output/asia/korea.html", "output/europe/norway.html", "output/mongolia.html"]),
        (".", ["content/mongolia.yaml", "--for", "handout"], ["output/mongolia-handout.html"]),
    ],
)  # fmt: skip
def test_outputs_keep_the_folder_structure_of_content(run_briefing, desk, where, arguments, written):
    before = outputs(desk)
    run = run_briefing("build", "-f", "html", *arguments, cwd=desk / where)
    assert run.returncode == 0, run.stderr
    assert sorted(set(outputs(desk)) - set(before)) == written


def test_a_brief_without_a_project_is_built_into_an_output_folder_beside_it(run_briefing, tmp_path):
    (tmp_path / "mongolia.yaml").write_text(MONGOLIA, "utf-8")
    run = run_briefing("build", "-f", "html", "mongolia.yaml", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert outputs(tmp_path) == ["mongolia.yaml", "output/mongolia.html"]


@pytest.mark.parametrize(
    ("names", "arguments", "words"),
    [
        (["a/x.yaml", "a/x.yml"], [], "content/a/x.yaml and content/a/x.yml would both become output/a/x"),
        (["Norway.yaml", "norway.yaml"], [], "would both become output/norway"),
        (["x-handout.yaml"], [], "the name of a content file cannot end in -handout"),
    ],
)
def test_two_briefs_with_the_same_output_are_refused(run_briefing, tmp_path, names, arguments, words):
    folder = project(tmp_path / "desk")
    for name in names:
        path = folder / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(MONGOLIA, "utf-8")
    run = run_briefing("build", "-f", "html", *arguments, cwd=folder)
    assert run.returncode == 2
    assert words in run.stderr
    assert not (folder / "output").exists()


def test_briefs_of_two_folders_with_the_same_output_are_refused(run_briefing, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mongolia.yaml").write_text(MONGOLIA, "utf-8")
    run = run_briefing("build", "-f", "html", "-o", "out", "one", "two", cwd=tmp_path)
    assert run.returncode == 2
    assert "one/mongolia.yaml and two/mongolia.yaml would both become out/mongolia" in run.stderr


# What is said.


def test_build_lists_the_files_that_it_wrote(run_briefing, here):
    run = run_briefing("build", cwd=here)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert [re.sub(r"\d+(?:\.\d+)?", "N", line) for line in lines] == [
        "wrote  output/mongolia.html  N kB",
        "wrote  output/mongolia.pdf   N kB, N page",
        "wrote  output/mongolia.docx  N kB",
        "N brief made: N files, N page in N s",
    ]
    assert run.stderr == ""
    assert (here / "output/mongolia.html").read_bytes().startswith(b"<!doctype html>")
    assert (here / "output/mongolia.pdf").read_bytes().startswith(b"%PDF-")
    assert zipfile.is_zipfile(here / "output/mongolia.docx")


def test_build_ends_with_the_number_of_briefs_files_and_pages_and_the_time(run_briefing, desk):
    run = run_briefing("build", "-f", "html,pdf", cwd=desk)
    assert re.fullmatch(r"4 briefs made: 8 files, 4 pages in \d+(\.\d)? s", run.stdout.splitlines()[-1])


def test_the_summary_groups_large_numbers_and_rounds_long_times():
    outcome = Outcome(Job("x", "y"), (File("x.pdf", "pdf", 1, 5), File("x.html", "html", 1), File("x.docx", "docx", 1)))
    assert tally([outcome] * 200, 61.2) == "200 briefs made: 600 files, 1,000 pages in 61 s"
    assert tally([outcome, Outcome(Job("x", "y"))], 0.04) == "1 of 2 briefs made: 3 files, 5 pages in 0.0 s"
    assert tally([Outcome(Job("x", "y"))] * 2, 1.0) == "0 of 2 briefs made in 1.0 s"


def test_progress_in_a_pipe_is_printed_as_plain_lines(run_briefing, tmp_path):
    folder = project(tmp_path / "desk", **{f"brief-{number}": MONGOLIA for number in range(10)})
    run = run_briefing("check", cwd=folder)  # two editions of each
    lines = [f"{count} of 20 done" for count in range(2, 21, 2)]
    assert run.stdout.splitlines() == [*lines, "10 briefs checked: nothing is wrong"]
    assert run_briefing("check", "-q", cwd=folder).stdout == ""


def test_formats_can_be_listed_or_repeated(run_briefing, here):
    assert run_briefing("build", "-f", "html,docx", cwd=here).returncode == 0
    assert outputs(here / "output") == ["mongolia.docx", "mongolia.html"]
    run = run_briefing("build", "-f", "PDF", "-f", "html", "-f", "pdf", cwd=here)
    assert "older  output/mongolia.docx: it is from an earlier build" in run.stdout


def test_quiet_prints_nothing_on_success(run_briefing, here):
    run = run_briefing("build", "-q", "-f", "html", cwd=here)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_verbose_prints_each_brief_and_its_time(run_briefing, here):
    assert re.search(r"content/mongolia.yaml: \d+\.\d s", run_briefing("build", "-v", "-f", "html", cwd=here).stdout)


def test_json_messages_are_one_object_on_stdout(run_briefing, here):
    (here / "content/bad.yaml").write_text(TEN_MISTAKES, "utf-8")
    run = run_briefing("build", "-f", "html", "--messages", "json", cwd=here)
    data = json.loads(run.stdout)
    assert run.returncode == 1
    assert run.stderr == ""
    assert [(file["path"], file["format"]) for file in data["files"]] == [("output/mongolia.html", "html")]
    assert {d["span"]["file"] for d in data["diagnostics"]} == {"content/bad.yaml"}


def test_build_expands_wildcards_that_the_shell_left_unexpanded(run_briefing, here):
    (here / "content" / "notes.txt").write_text("No brief.", "utf-8")
    run = run_briefing("build", "-f", "html", "content/mongo*", cwd=here)
    assert run.returncode == 0, run.stderr
    assert outputs(here / "output") == ["mongolia.html"]
    assert run_briefing("build", "-f", "html", "content/nobody*", cwd=here).returncode == 2


def test_a_wrong_call_is_reported_as_json_too(run_briefing, here):
    run = run_briefing("build", "nowhere.yaml", "--messages", "json", cwd=here)
    assert run.returncode == 2
    assert json.loads(run.stdout)["diagnostics"][0]["code"] == "no-content"


@pytest.mark.parametrize("form", ["full", "concise", "json", "github"])
def test_every_message_format_gives_the_file_and_line(run_briefing, here, form):
    (here / "content/mongolia.yaml").write_text(MONGOLIA.replace("country: MN", "country: Mongolia"), "utf-8")
    run = run_briefing("build", "--messages", form, cwd=here)
    assert run.returncode == 1
    said = run.stdout + run.stderr
    assert "content/mongolia.yaml" in said
    assert {"full": ":4:10", "concise": ":4:10: error[", "json": '"line": 4', "github": "line=4,col=10"}[form] in said


# What is wrong.


def test_ten_mistakes_give_ten_located_errors_and_leave_the_outputs_unchanged(run_briefing, here):
    assert run_briefing("build", cwd=here).returncode == 0
    before = hashes(here / "output")
    (here / "content/mongolia.yaml").write_text(TEN_MISTAKES, "utf-8")
    run = run_briefing("build", cwd=here)
    assert run.returncode == 1
    places = re.findall(r"^ +--> content/mongolia\.yaml:(\d+):\d+$", run.stderr, re.MULTILINE)
    assert len(places) >= 10
    assert sorted(map(int, places)) == list(map(int, places))
    assert {2, 4, 5, 6, 7, 9, 10, 16, 20} <= set(map(int, places))
    assert len(re.findall(r"^error\[[a-z-]+\]: ", run.stderr, re.MULTILINE)) == len(places)
    assert "did you mean 'pull_quote'?" in run.stderr
    assert "nothing was written" in run.stdout
    assert hashes(here / "output") == before


def test_one_bad_brief_does_not_stop_the_others(run_briefing, desk):
    (desk / "content/asia/bad.yaml").write_text(TEN_MISTAKES, "utf-8")
    run = run_briefing("build", "-f", "html", cwd=desk)
    assert run.returncode == 1
    assert "4 of 5 briefs made" in run.stdout
    assert "content/asia/bad.yaml" in run.stderr
    assert "asia/bad.html" not in outputs(desk / "output")


def test_a_file_that_is_not_a_brief_gives_one_error(run_briefing, here):
    for text in ("", "- a list\n", "just words\n", "%PDF-1.7\n", "a: b\n---\nc: d\n"):
        (here / "content/mongolia.yaml").write_text(text, "utf-8")
        run = run_briefing("build", cwd=here)
        assert run.returncode == 1
        assert run.stderr.count("error[") == 1, run.stderr


def test_check_writes_no_files(run_briefing, here):
    run = run_briefing("check", cwd=here)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1 brief checked: nothing is wrong\n", "")
    assert not (here / "output").exists()


def test_check_reports_the_same_errors_as_build(run_briefing, here):
    (here / "content/mongolia.yaml").write_text(TEN_MISTAKES, "utf-8")
    build, check = (run_briefing(command, "--messages", "concise", cwd=here) for command in ("build", "check"))
    assert check.returncode == 1
    assert check.stderr == build.stderr
    assert check.stderr.count("\n") >= 10


def test_check_covers_both_editions(run_briefing, here):
    text = MONGOLIA.replace(
        "sections:\n", "sections:\n  - title: For us\n    id: us\n    audience: internal\n    body: Text.\n"
    )
    text = text.replace("further away.", "further away; see [[us]].").replace("The policy", "See [[us]]. The policy")
    (here / "content/mongolia.yaml").write_text(text, "utf-8")
    assert run_briefing("build", "-f", "html", cwd=here).returncode == 0
    run = run_briefing("check", cwd=here)
    assert run.returncode == 1
    assert "[[us]]" in run.stderr
    assert run_briefing("check", "--for", "internal", cwd=here).returncode == 0


def test_check_accepts_a_brief_that_cannot_have_a_handout(run_briefing, here):
    (here / "content/mongolia.yaml").write_text("marking: SECRET\n" + MONGOLIA, "utf-8")
    assert run_briefing("check", cwd=here).returncode == 0
    run = run_briefing("build", "--for", "handout", cwd=here)
    assert run.returncode == 1
    assert "handout_marking" in run.stderr


def test_strict_fails_on_a_warning_but_still_writes_the_outputs(run_briefing, here):
    text = MONGOLIA.replace("Statistical yearbook, 2015", "Statistical yearbook #1")
    (here / "content/mongolia.yaml").write_text(text, "utf-8")
    plain, strict = (run_briefing("build", "-f", "html", *more, cwd=here) for more in ([], ["--strict", "--force"]))
    assert "warning[" in plain.stderr, "no warning to be strict about"
    assert plain.returncode == 0
    assert strict.returncode == 1
    assert "wrote  output/mongolia.html" in strict.stdout


# The machine.

NO_PANGO = """
import ctypes.util, cffi
def without_pango(load):
    def dlopen(self, name, *flags):
        if name and "pango" in str(name):
            raise OSError(f"cannot load library '{name}'")
        return load(self, name, *flags)
    return dlopen
cffi.FFI.dlopen = without_pango(cffi.FFI.dlopen)
find = ctypes.util.find_library
ctypes.util.find_library = lambda name: None if "pango" in name else find(name)
"""


@pytest.fixture
def no_pango(tmp_path) -> dict[str, str]:
    """The environment of a machine without Pango."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(NO_PANGO)
    return {"PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), str(ROOT)])}


def test_without_pango_only_the_pdf_is_missing(run_briefing, here, no_pango):
    run = run_briefing("build", cwd=here, env=no_pango)
    assert run.returncode == 3
    assert outputs(here / "output") == ["mongolia.docx", "mongolia.html"]
    assert "error[no-pango]" in run.stderr
    assert "= help: " in run.stderr
    assert run.stderr.count("error[") == 1


def test_without_pango_the_older_pdf_is_kept_and_reported(run_briefing, here, no_pango):
    assert run_briefing("build", cwd=here).returncode == 0
    before = hashes(here / "output")
    (here / "content/mongolia.yaml").write_text(MONGOLIA.replace("further away", "far away"), "utf-8")
    run = run_briefing("build", cwd=here, env=no_pango)
    after = hashes(here / "output")
    assert run.returncode == 3
    assert "older  output/mongolia.pdf: it is from an earlier build" in run.stdout
    assert after["mongolia.pdf"] == before["mongolia.pdf"]
    assert after["mongolia.html"] != before["mongolia.html"]
    assert after["mongolia.docx"] != before["mongolia.docx"]


def test_without_pango_html_and_word_are_built_without_messages(run_briefing, here, no_pango):
    run = run_briefing("build", "-f", "html,docx", cwd=here, env=no_pango)
    assert (run.returncode, run.stderr) == (0, "")


def test_an_edited_word_file_is_kept_and_reported(run_briefing, here):
    run_briefing("build", "-f", "docx,html", cwd=here)
    word = here / "output/mongolia.docx"
    edited = word.read_bytes() + b"changed"
    word.write_bytes(edited)
    run = run_briefing("build", "-f", "docx,html", cwd=here)
    assert run.returncode == 0
    (kept,) = (here / "output").glob("mongolia (edited *).docx")
    assert kept.read_bytes() == edited
    assert f"kept   output/{kept.name}: it was changed by hand" in run.stdout
    assert zipfile.is_zipfile(word)


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_an_unwritable_output_folder_is_reported(run_briefing, here):
    (here / "output").mkdir()
    (here / "output").chmod(0o500)
    run = run_briefing("build", "-f", "html", cwd=here)
    (here / "output").chmod(0o700)
    assert run.returncode == 3
    assert "output" in run.stderr
    assert "you may not write there" in run.stderr


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_a_file_link_or_folder_in_place_of_an_output_is_reported(run_briefing, here, kind):
    output = here / "output"
    if kind == "file":
        output.write_text("x")
    else:
        output.mkdir()
        target = output / "mongolia.html"
        target.mkdir() if kind == "folder" else target.symlink_to(here / "content/mongolia.yaml")
    run = run_briefing("build", "-f", "html", cwd=here)
    assert run.returncode == 3
    assert {"file": "a file stands where", "link": "is a symbolic link", "folder": "is a folder"}[kind] in run.stderr
    assert (here / "content/mongolia.yaml").read_text("utf-8") == MONGOLIA


BROKEN_WRITER = """
def write(galley):
    raise ZeroDivisionError("secret detail")
"""


@pytest.fixture
def broken_writer(tmp_path) -> dict[str, str]:
    """A package that adds a format whose writer has a fault."""
    site = tmp_path / "site"
    info = site / "broken-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "broken_writer.py").write_text(BROKEN_WRITER)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[briefing.writers]\nbroken = broken_writer:write\n")
    return {"PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])}


def test_an_internal_error_is_reported_without_a_traceback(run_briefing, here, broken_writer):
    run_briefing("build", "-f", "html", cwd=here)
    before = hashes(here / "output")
    (here / "content/mongolia.yaml").write_text(MONGOLIA.replace("further away", "far away"), "utf-8")
    run = run_briefing("build", "-f", "html,broken", cwd=here, env=broken_writer)
    assert run.returncode == 3
    assert "error[internal]: the program made a mistake of its own (ZeroDivisionError)" in run.stderr
    assert "Traceback" not in run.stderr
    assert "please report it" in run.stderr
    assert hashes(here / "output") == before


def test_the_traceback_is_printed_if_briefing_debug_is_set(run_briefing, here, broken_writer):
    run = run_briefing("build", "-f", "broken", cwd=here, env={**broken_writer, "BRIEFING_DEBUG": "1"})
    assert "Traceback (most recent call last)" in run.stderr
    assert "secret detail" in run.stderr


SLOW_WRITER = """
import os, pathlib, time
def write(galley):
    pathlib.Path(os.environ["PRESSING"]).touch()
    time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_build_reports_one_line_and_changes_no_output(run_briefing, here, broken_writer, number, code):
    run_briefing("build", "-f", "html", cwd=here)
    before = hashes(here / "output")
    site = Path(broken_writer["PYTHONPATH"].split(os.pathsep)[0])
    (site / "broken_writer.py").write_text(SLOW_WRITER)
    pressing = site / "pressing"
    build = subprocess.Popen(
        [sys.executable, "-m", "briefing", "build", "-f", "html,broken"],
        cwd=here,
        env={**os.environ, **broken_writer, "PRESSING": str(pressing)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not pressing.exists():
        assert build.poll() is None
        time.sleep(0.02)
    begin = time.monotonic()
    build.send_signal(number)
    out, err = build.communicate(timeout=20)
    assert build.returncode == code
    assert time.monotonic() - begin < 2
    assert err == "stopped; no file is half written\n"
    assert out == ""
    assert hashes(here / "output") == before


@pytest.mark.skipif(os.name == "nt", reason="POSIX shell")
def test_a_closed_pipe_gives_no_error():
    run = subprocess.run(
        f"'{sys.executable}' -m briefing schema | head -c 10",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout
    assert run.stderr == ""


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
)
def test_messages_keep_non_ascii_characters_in_any_console_encoding(run_briefing, here, locale):
    (here / "content/mongolia.yaml").write_text(MONGOLIA.replace("country: MN", "cöuntry: Қазақстан"), "utf-8")
    run = run_briefing("build", cwd=here, env=locale)
    assert run.returncode == 1
    assert "Қазақстан" in run.stderr
    assert "Traceback" not in run.stderr


def on_a_terminal(*arguments: str, cwd: Path, env: dict[str, str]) -> tuple[int, str]:
    """Run the program with a terminal for all its channels: the exit code, and what was to be seen."""
    import pty

    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **env},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    try:
        while data := os.read(ours, 4096):
            seen += data
    except OSError:  # Linux says so when the last one has closed it
        pass
    os.close(ours)
    return run.wait(), seen.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="POSIX terminals")
@pytest.mark.parametrize(
    ("env", "coloured"), [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_depend_on_no_color_and_the_terminal_type(here, env, coloured):
    code, seen = on_a_terminal("build", "nowhere.yaml", cwd=here, env=env)
    assert code == 2
    assert "error[no-content]" in seen
    assert ("\x1b[" in seen) == coloured


@pytest.mark.skipif(os.name == "nt", reason="POSIX terminals")
def test_the_progress_bar_is_shown_only_on_a_terminal(run_briefing, desk):
    code, seen = on_a_terminal("build", "-f", "html", cwd=desk, env={})
    assert code == 0
    assert "0/4" in seen
    assert "wrote  output/mongolia.html" in seen
    run = run_briefing("build", "-f", "html", cwd=desk)
    assert "0/4" not in run.stdout + run.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of it")
def test_a_deleted_current_folder_is_reported_without_a_traceback(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    run = subprocess.run(
        f"cd '{gone}' && rmdir '{gone}' && '{sys.executable}' -m briefing build",
        shell=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 3
    assert "error[no-folder]" in run.stderr
    assert "the current folder is not there any more" in run.stderr
    assert "Traceback" not in run.stderr


# Schema and themes.


@pytest.mark.parametrize("more", [[], ["--project"]])
def test_the_printed_schema_equals_the_written_schema(run_briefing, tmp_path, more):
    shown = run_briefing("schema", *more)
    assert shown.returncode == 0
    assert json.loads(shown.stdout)["type"] == "object"
    assert run_briefing("schema", "-o", "schema.json", *more, cwd=tmp_path).stdout == "wrote  schema.json\n"
    assert (tmp_path / "schema.json").read_text("utf-8") == shown.stdout


def test_an_unwritable_schema_file_is_reported(run_briefing, tmp_path):
    run = run_briefing("schema", "-o", tmp_path / "nowhere" / "schema.json")
    assert run.returncode == 3
    assert "schema.json cannot be written" in run.stderr


def test_the_themes_command_shows_the_origin_of_each_theme(run_briefing, here):
    own = here / "templates" / "desk"
    own.mkdir(parents=True)
    (own / "theme.yaml").write_text("name: desk\ndescription: Our own looks.\nextends: standard\n", "utf-8")
    run = run_briefing("themes", cwd=here)
    assert run.returncode == 0
    assert re.search(r"^desk +Our own looks\. \(in templates/desk\)$", run.stdout, re.MULTILINE)
    assert re.search(r"^standard +.*\(comes with the program\)$", run.stdout, re.MULTILINE)


def test_a_moved_project_is_built_without_treating_its_outputs_as_edited(run_briefing, here, tmp_path):
    run_briefing("build", "-f", "html,docx", cwd=here)
    shutil.move(here, tmp_path / "moved")
    run = run_briefing("build", "-f", "html,docx", cwd=tmp_path / "moved")
    assert run.returncode == 0
    assert "kept" not in run.stdout
