"""User mistakes give a message and an exit code, never a traceback."""

import os
import shlex
import subprocess
import sys

import pytest

from tests.support.project import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the mishaps are written for a POSIX shell")
BRIEF = "title: Mongolia\nlanguage: en\nsections:\n  - title: Neighbours\n    body: It lies between two others.\n"
BUILD = "briefing build -f html"

#: What happens, in a project with one brief: the line that is typed, the exit code, and words that must be said.
MISHAPS = {
    "nothing here": ("mkdir ../nothing && cd ../nothing && briefing build", 2, "this is no project"),
    "no such brief": ("briefing build content/mongola.yaml", 2, "did you mean content/mongolia.yaml?"),
    "names that mean other things": (r"briefing build '~' 'C:\x' '\\server\x' //server/x http://x/y.yaml -- -x", 2, "there is no file"),
    "an empty folder": ("briefing build empty", 2, "there is no content file"),
    "a folder called like a brief": ("mkdir -p d/x.yaml && briefing build d", 2, "there is no content file"),
    "a pipe called like a brief": ("mkfifo p.yaml && briefing build p.yaml", 2, "there is no file or folder"),
    "a link in a circle": ("ln -s a.yaml content/a.yaml && briefing build content/a.yaml", 2, "there is no file or folder"),
    "a brief of noughts": ("head -c 5000 /dev/zero > content/z.yaml && " + BUILD, 1, "z.yaml"),
    "a brief that is a picture": ("head -c 5000 /dev/urandom > content/z.yaml && " + BUILD, 1, "not saved as UTF-8"),
    "an empty brief": (": > content/z.yaml && " + BUILD, 1, "is empty"),
    "a name that is no text": (r"cp content/mongolia.yaml content/$(printf 'a\377').yaml && " + BUILD, 2, "the name of this file"),
    "a name with signs of control": (r"cp content/mongolia.yaml content/$(printf 'a\033[31m').yaml && " + BUILD, 2, "the control character U+001B"),
    "a very long name": ("cp content/mongolia.yaml content/$(printf 'x%.0s' $(seq 245)).yaml && " + BUILD, 3, "the name is too long"),
    "a folder of settings": ("mkdir briefing.yaml && " + BUILD, 0, "wrote"),
    "broken settings": ("echo 'series: [' > briefing.yaml && " + BUILD, 1, "briefing.yaml:2"),
    "a file of templates": ("touch templates && " + BUILD, 0, "wrote"),
    "no fonts": (r"printf 'import sys\nsys.modules[\"fontpkg_source_serif_4\"] = None\n' > sitecustomize.py && PYTHONPATH=.:$PYTHONPATH " + BUILD, 3, "install the program again"),
    "no such theme": (BUILD + " --theme nothing", 2, "there is no theme 'nothing'"),
    "a theme somewhere else": (BUILD + " --theme ../../etc", 2, "cannot be the name of a theme"),
    "a theme with a long name": (BUILD + " --theme $(printf 'x%.0s' $(seq 3000))", 2, "cannot be the name of a theme"),
    "a theme that is not text": ("mkdir -p templates/t && head -c 999 /dev/urandom > templates/t/theme.yaml && " + BUILD + " --theme t", 2, "templates/t/theme.yaml"),
    "a theme that is a folder": ("mkdir -p templates/t/theme.yaml && briefing themes", 2, "not an ordinary file"),
    "a broken theme in the list": ("mkdir -p templates/t && echo '[' > templates/t/theme.yaml && briefing themes", 2, "templates/t/theme.yaml"),
    "a deep theme in the list": ("mkdir -p templates/t && (printf 'name: '; printf '[%.0s' $(seq 50000)) > templates/t/theme.yaml && briefing themes", 2, "templates/t/theme.yaml"),
    "a theme of pipes": ("mkdir -p templates/t && echo 'extends: standard' > templates/t/theme.yaml && mkfifo templates/t/x.j2 && " + BUILD + " --theme t", 2, "not an ordinary file"),
    "a font that is gone": ("mkdir -p templates/t && printf 'extends: standard\\nfaces: {sans: {family: x, roman: x.ttf}}\\n' > templates/t/theme.yaml && " + BUILD + " --theme t", 2, "is not there"),
    "a font that is none": ("mkdir -p templates/t && printf 'extends: standard\\nfaces: {sans: {family: x, roman: x.ttf}}\\n' > templates/t/theme.yaml && head -c 9999 /dev/urandom > templates/t/x.ttf && " + BUILD + " --theme t", 2, "is no font"),
    "an output that is a file": ("touch output && " + BUILD, 3, "a file stands where a folder is wanted"),
    "an output that is a device": (BUILD + " -o /dev/null", 3, "a file stands where a folder is wanted"),
    "an output that leads elsewhere": ("mkdir ../elsewhere; ln -s ../elsewhere output && " + BUILD, 2, "a link to a folder outside"),
    "a target that is a folder": ("mkdir -p output/mongolia.html && " + BUILD, 3, "is a folder"),
    "a target that is a link": ("mkdir output && ln -s /etc/passwd output/mongolia.html && " + BUILD, 3, "is a symbolic link"),
    "a spoilt manifest": ("mkdir output && mkdir output/.briefing.json && " + BUILD, 3, "cannot be written"),
    "a folder that is gone": ("mkdir gone && cd gone && rmdir ../gone && briefing build", 3, "the current folder is not there any more"),
    "a project that is gone": ("mkdir gone && cd gone && rmdir ../gone && briefing themes", 3, "the current folder is not there any more"),
    "a full screen": (BUILD + " > /dev/full", 3, "No space left on device"),
    "a screen that is closed": (BUILD + " >&-", 0, ""),
    "all channels closed": (BUILD + " <&- >&- 2>&-", 0, ""),
    "a reader that leaves": ("briefing schema | head -c 10", 0, "$sche"),
    "a schema nowhere": ("briefing schema -o /nowhere/x", 3, "cannot be written"),
    "no home and no path": ("env -u HOME -u PATH " + BUILD, 0, "wrote"),
    "an odd home and no room for temporary files": ("env HOME=/dev/null TMPDIR=/nowhere LC_ALL=xx_YY LANG=zz TERM=bogus COLUMNS=x " + BUILD, 0, "wrote"),
    "hardly any memory": (BUILD + " --memory-limit 30", 3, "took more memory than it may"),
    "a wrong number": (BUILD + " --time-limit -4", 2, "not in the range"),
    "stars that find nothing": ("briefing build 'a*[b'", 2, "there is no file or folder"),
    "an empty name": ("briefing build ''", 0, "wrote"),
    "no such word": ("briefing bild", 2, "No such command"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISHAPS)
def test_each_user_mistake_gives_a_message_and_no_traceback(tmp_path, name):
    line, code, words = MISHAPS[name]
    desk = tmp_path / "desk"
    (desk / "content").mkdir(parents=True)
    (desk / "empty").mkdir()
    (desk / "content/mongolia.yaml").write_text(BRIEF, "utf-8")
    program = f"{shlex.quote(sys.executable)} -m briefing"
    run = subprocess.run(
        ["bash", "-c", line.replace("briefing build", f"{program} build").replace("briefing themes", f"{program} themes").replace("briefing schema", f"{program} schema").replace("briefing bild", f"{program} bild")],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )  # fmt: skip
    said = run.stdout + run.stderr
    assert run.returncode == code, said
    assert words in said
    assert "Traceback" not in said
    assert "error[internal]" not in said


def test_a_missing_content_file_and_an_unwritable_output_folder_are_reported(tmp_path):
    """Between the reading of the names and the making of the briefs."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/country-1.yaml").write_text(BRIEF, "utf-8")
    from briefing.pipeline import Job, build

    job = Job(str(tmp_path / "content/country-9.yaml"), str(tmp_path / "output"), ("html",), project=str(tmp_path))
    outcome = build(job)
    assert (outcome.exit_code, [d.code for d in outcome.diagnostics]) == (2, ["no-content"])
    gone = Job(str(tmp_path / "content/country-1.yaml"), "/proc/self/output", ("html",), project=str(tmp_path))
    outcome = build(gone)
    assert (outcome.exit_code, [d.code for d in outcome.diagnostics]) == (3, ["cannot-write"])
