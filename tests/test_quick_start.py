"""What starts the engines in less time changes no byte, and gives way where it does not fit."""

import os
import subprocess
import sys
import textwrap
from hashlib import sha256
from pathlib import Path

import pytest

from briefing.writers.pdf import quick_layout, quick_start
from tests.declarations import FILE

ROOT = Path(__file__).resolve().parent.parent
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


PRESS = """
    import sys
    from briefing import quick_classes, quick_compile
    {off!r} or (quick_compile.quicken(), quick_classes.quicken())
    from briefing.press import Job, press
    from briefing.writers.pdf import quick_layout, quick_start

    off = {off!r}
    for levers in (quick_layout, quick_start):
        levers.LEVERS = tuple(lever for lever in levers.LEVERS if lever.__name__ not in off)
    outcome = press(Job("mongolia.yaml", {output!r}, project="."))
    assert outcome.exit_code == 0, outcome
    assert len(outcome.files) == 3
    print("cffi" in sys.modules, "fontTools" in sys.modules)
"""


def test_the_bytes_are_the_same_with_every_lever_on_and_off(tmp_path):
    (tmp_path / "mongolia.yaml").write_text(BRIEF, "utf-8")
    kept = {"PYTHONPYCACHEPREFIX": str(tmp_path / "pyc"), "PYTHONDONTWRITEBYTECODE": ""}
    all_of_them = [lever.__name__ for lever in (*quick_start.LEVERS, *quick_layout.LEVERS)]
    assert len(all_of_them) == 10
    on = run(PRESS.format(off=[], output="first"), tmp_path, **kept)
    assert on == ["False False"]
    assert list((tmp_path / "pyc").rglob("templates*.jinja")), "no templates were kept"
    again = run(PRESS.format(off=[], output="again"), tmp_path, **kept)
    assert again == on
    off = run(PRESS.format(off=all_of_them, output="off"), tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert off == ["True True"]
    bytes_of = {
        folder: {path.name: sha256(path.read_bytes()).hexdigest() for path in (tmp_path / folder).glob("mongolia.*")}
        for folder in ("first", "again", "off")
    }
    assert len(bytes_of["first"]) == 3
    assert bytes_of["first"] == bytes_of["again"] == bytes_of["off"]


def test_the_declarations_are_those_of_the_installed_version(tmp_path):
    """When this fails WeasyPrint has other functions: run ``python tests/declarations.py``."""
    made = run("from tests.declarations import made; print(made(), end='')", tmp_path)
    assert [line for line in made if "generating" not in line] == FILE.read_text("utf-8").splitlines()


def test_other_declarations_are_parsed(tmp_path):
    said = run(
        """
        import sys
        from briefing.writers.pdf import declarations, quick_start

        declarations.MADE_FROM = "other ones"
        quick_start.import_weasyprint()
        from weasyprint.text.ffi import ffi

        print("pycparser" in sys.modules, ffi.new("int[3]"))
        """,
        tmp_path,
    )
    assert said[0].startswith("True <cdata 'int[3]'")


def test_what_opens_addresses_wakes_up_for_whoever_asks(tmp_path):
    said = run(
        """
        import sys
        from briefing.writers.pdf.quick_start import import_weasyprint

        import_weasyprint()
        from weasyprint import urls

        print("urllib.request" in sys.modules, urls.path2url("/a b"), urls.request.Request.__module__)
        from urllib import request

        print(request is sys.modules["urllib.request"], request.OpenerDirector is urls.URLFetcher.__mro__[1])
        """,
        tmp_path,
    )
    assert said == ["False file:///a%20b urllib.request", "True False"]


UNUSUAL = (
    """
    from hashlib import sha256
    from briefing.writers.pdf import quick_start

    quick_start.LEVERS = quick_start.LEVERS[:{levers}]
    weasyprint = quick_start.import_weasyprint()
    page = """
    + repr(
        "<style>@counter-style dash {{ system: cyclic; symbols: '-' }} li::before {{ content: counter(list-item, nowhere) }}"
        "</style><ol style='list-style-type: thai'><li>a<li>b</ol><ol style='list-style: lower-latin'><li>c</ol>"
        "<ul style='list-style: dash'><li>d</ul><ol style='list-style: khmer'><li>e</ol><table border=3 align=right><td>f</table>"
        "<input value=g>"
    )
    + """
    assert bool(weasyprint.UA_COUNTER_STYLE) != bool(quick_start.LEVERS), "the lever does nothing"
    document = weasyprint.HTML(string=page)
    for options in ({{}}, {{"presentational_hints": True}}, {{"pdf_forms": True}}):
        print(sha256(document.write_pdf(pdf_identifier=b"1", **options)).hexdigest())
"""
)


def test_a_stylesheet_of_the_library_s_own_is_there_when_it_is_asked_for(tmp_path):
    """Lists that count in Thai, looks in attributes, forms: as with the library alone."""
    asleep, own = (run(UNUSUAL.format(levers=levers), tmp_path) for levers in ("", 0))
    assert len(set(own)) == 3, "the options made no difference"
    assert asleep == own


def test_mail_wakes_up_for_the_library_s_own_fetcher(tmp_path):
    said = run(
        """
        import sys
        from briefing.writers.pdf.quick_start import import_weasyprint

        import_weasyprint()
        from weasyprint.urls import URLFetcherResponse

        print("email.message" in sys.modules)
        answer = URLFetcherResponse("a:b", "c", {"Content-Type": "text/css"})
        print(answer.content_type, answer.charset, type(answer.headers).__module__)
        """,
        tmp_path,
    )
    assert said == ["False", "text/css utf-8 email.message"]


def test_font_tools_wake_up_when_they_are_needed(tmp_path):
    said = run(
        """
        import sys
        from briefing.writers.pdf.quick_start import import_weasyprint

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
        ("pdf", {"docx", "xlsxwriter", "cffi", "fontTools", "urllib.request", "http.client", "ssl", "email.message"}),
    ],
)
def test_a_format_touches_no_engine_of_the_others(tmp_path, formats, others):
    (tmp_path / "mongolia.yaml").write_text(BRIEF, "utf-8")
    (said,) = run(
        f"""
        import sys
        from briefing.press import Job, press

        outcome = press(Job("mongolia.yaml", "output", ("{formats}",), project="."))
        assert outcome.exit_code == 0, outcome
        print(*sys.modules)
        """,
        tmp_path,
    )
    loaded = set(said.split())
    assert {"jinja2", "briefing.model"} <= loaded
    assert loaded & others == set()


def test_who_asks_for_a_brief_loads_no_engine(tmp_path):
    """The parent of the process that makes it only waits."""
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


def test_templates_that_were_compiled_in_another_way_are_not_taken(tmp_path):
    from briefing.galley.compiled import Compiled

    source = tmp_path / "templates.py"
    one = Compiled(source, "a way")
    code = compile("1", "x", "eval")
    one._codes["name", one.get_source_checksum("text")] = code
    one._write(one._codes)
    assert list(Compiled(source, "a way")._codes.values()) == [code]
    assert not Compiled(source, "another way")._codes
    one._file.write_bytes(one._file.read_bytes()[:-3])
    assert not Compiled(source, "a way")._codes
