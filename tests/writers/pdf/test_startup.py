"""The shortened import of WeasyPrint changes no byte, and each format loads only what it needs."""

import os
import subprocess
import sys
import textwrap
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.project import ROOT

BRIEF = """\
title: Mongolia
summary: Between Russia and China, Mongolia looks for friends further away.
fact_box:
  facts:
    Capital: Ulaanbaatar
sections:
  - title: The third neighbour
    body: The policy of the *third neighbour* looks to Japan, Korea and the West; Монгол, ᠮᠣᠩᠭᠣᠯ.
"""


def run(script: str, folder: Path, **env: str) -> list[str]:
    """The lines that a script prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


BUILD = """
    import contextlib, sys
    from briefing.pipeline import Job, build
    from briefing.writers.pdf.weasyprint_ import startup

    if {plain!r}:
        startup._shortened = contextlib.nullcontext
    outcome = build(Job("mongolia.yaml", {output!r}, project="."))
    assert outcome.exit_code == 0, outcome
    print("cffi" in sys.modules, "fontTools" in sys.modules)
"""


def bytes_of(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("mongolia.*")}


def test_plain_cached_and_uncached_imports_give_the_same_bytes(tmp_path):
    (tmp_path / "mongolia.yaml").write_text(BRIEF, "utf-8")
    cache = {"BRIEFING_CACHE_DIR": str(tmp_path / "cache")}
    assert run(BUILD.format(plain=False, output="first"), tmp_path, **cache) == ["False False"]
    assert [path.name[:5] for path in (tmp_path / "cache").glob("cffi-*.py")] == ["cffi-"]
    assert len(list((tmp_path / "cache").glob("template-*"))) >= 10
    assert run(BUILD.format(plain=False, output="again"), tmp_path, **cache) == ["False False"]
    assert run(BUILD.format(plain=False, output="uncached"), tmp_path, BRIEFING_CACHE_DIR=os.devnull) == ["False False"]
    assert run(BUILD.format(plain=True, output="plain"), tmp_path, **cache) == ["True True"]
    first = bytes_of(tmp_path / "first")
    assert len(first) == 3
    for other in ("again", "uncached", "plain"):
        assert bytes_of(tmp_path / other) == first, other


IMPORT = """
    import ctypes.util, sys
    from briefing.writers.pdf.weasyprint_.startup import import_weasyprint

    search = ctypes.util.find_library
    import_weasyprint()
    assert ctypes.util.find_library is search
    from weasyprint.text.ffi import ffi

    print("pycparser" in sys.modules, ffi.new("int[3]"), "cffi" in sys.modules)
"""


def test_the_cffi_declarations_are_parsed_once(tmp_path):
    cache = {"BRIEFING_CACHE_DIR": str(tmp_path / "cache")}
    first, second = run(IMPORT, tmp_path, **cache), run(IMPORT, tmp_path, **cache)
    assert first[0].startswith("True <cdata 'int[3]'")
    assert second[0].startswith("False <cdata 'int[3]'")
    assert second[0].endswith(" False")


@pytest.mark.parametrize("spoilt", ["", "ffi = 1 +", "raise SystemExit", "ffi = None", "one letter"])
def test_a_damaged_file_of_declarations_is_written_again(tmp_path, spoilt):
    cache = {"BRIEFING_CACHE_DIR": str(tmp_path / "cache")}
    run(IMPORT, tmp_path, **cache)
    (file,) = (tmp_path / "cache").glob("cffi-*.py")
    good = file.read_text("utf-8")
    file.write_text(good.replace("pango_version", "pango_versiom") if spoilt == "one letter" else spoilt, "utf-8")
    assert file.read_text("utf-8") != good
    assert run(IMPORT, tmp_path, **cache)[0].startswith("True <cdata 'int[3]'")
    assert file.read_text("utf-8") == good


def test_fonttools_is_imported_only_when_needed(tmp_path):
    said = run(
        """
        import sys
        from briefing.writers.pdf.weasyprint_.startup import import_weasyprint

        import_weasyprint()
        print("fontTools" in sys.modules)
        from weasyprint.pdf import fonts
        from weasyprint.text import fonts as text_fonts

        try:
            fonts.TTFont("nowhere.ttf")
        except OSError as slip:
            print(type(slip).__name__)
        print(fonts.TTLibError.__mro__[1].__name__, fonts.subset.__name__, text_fonts.woff2.__name__)
        """,
        tmp_path,
    )
    assert said == ["False", "FileNotFoundError", "Exception fontTools.subset fontTools.ttLib.woff2"]


@pytest.mark.parametrize(
    ("formats", "others"),
    [
        ("html", {"weasyprint", "cffi", "fontTools", "docx", "xlsxwriter", "urllib.request", "tinycss2", "pyphen"}),
        ("docx", {"weasyprint", "cffi", "fontTools", "urllib.request", "tinycss2", "pyphen", "resvg_py"}),
        ("pdf", {"docx", "xlsxwriter", "cffi", "fontTools"}),
    ],
)
def test_a_format_loads_no_engine_of_the_other_formats(tmp_path, formats, others):
    (tmp_path / "mongolia.yaml").write_text(BRIEF, "utf-8")
    (said,) = run(
        f"""
        import sys
        from briefing.pipeline import Job, build

        outcome = build(Job("mongolia.yaml", "output", ("{formats}",), project="."))
        assert outcome.exit_code == 0, outcome
        print(*sys.modules)
        """,
        tmp_path,
    )
    loaded = set(said.split())
    assert {"jinja2", "briefing.model"} <= loaded
    assert loaded & others == set()


def test_the_parent_of_a_worker_process_loads_no_engine(tmp_path):
    (tmp_path / "mongolia.yaml").write_text(BRIEF, "utf-8")
    (said,) = run(
        """
        import sys
        from briefing.cli import run

        code = run(["build", "-q", "-f", "html", "mongolia.yaml"])
        assert code == 0
        print(*sys.modules)
        """,
        tmp_path,
    )
    assert "briefing.workers.pool" in said.split()
    assert (
        set(said.split()) & {"briefing.model", "yaml", "jinja2", "briefing.reading", "weasyprint", "docx", "rich"}
        == set()
    )
