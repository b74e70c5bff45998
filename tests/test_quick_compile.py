"""What has been compiled is kept for the next process: the same patterns, no word of a brief, and no harm in a bad file."""

import marshal
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BRIEF = """\
title: Mongolia
summary: Between Russia and China, Mongolia (XQZ) looks for friends further away.
glossary: {XQZ: The Xenonquartz Zone}
sections:
  - title: The third neighbour
    body:
      - Minister Xanthippov noted that "the third neighbour is near". [@zeno]
      - pull_quote: {text: The third neighbour is near., by: Boris Xanthippov, source: zeno}
sources: {zeno: 'Zeno, "Xylographs", 2010'}
"""


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "mongolia.yaml").write_text(BRIEF, "utf-8")
    return tmp_path


def run(script: str, desk: Path) -> str:
    """What a script prints, in a process of its own that keeps what it compiles in a folder of its own."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=desk, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(desk / "pyc"), "PYTHONDONTWRITEBYTECODE": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


BUILD = """
    from briefing import quick_classes, quick_compile

    quick_compile.quicken()
    quick_classes.quicken()
    from briefing.press import Job, press

    assert press(Job("mongolia.yaml", {output!r}, project=".")).exit_code == 0
    print(len(quick_compile._missed))
    quick_compile.keep()
"""


def kept(desk: Path) -> Path:
    (file,) = desk.rglob("quick_compile.*.kept")
    return file


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("mongolia.*")}


def test_the_next_process_compiles_next_to_nothing_and_makes_the_same_bytes(desk):
    assert int(run(BUILD.format(output="first"), desk)) > 200
    assert int(run(BUILD.format(output="second"), desk)) < 16
    assert len(bytes_of(desk / "first")) == 3
    assert bytes_of(desk / "second") == bytes_of(desk / "first")


def test_no_word_of_a_brief_is_kept(desk):
    run(BUILD.format(output="first"), desk)
    data = kept(desk).read_bytes()
    assert len(data) > 100_000
    assert [word for word in ("Xanthippov", "Xenonquartz", "XQZ", "zeno") if word.encode() in data] == []


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 99, marshal.dumps(7), marshal.dumps(("another Python", {}))])
def test_a_file_that_cannot_be_used_is_written_anew(desk, spoilt):
    run(BUILD.format(output="first"), desk)
    good = kept(desk).read_bytes()
    kept(desk).write_bytes(spoilt)
    assert int(run(BUILD.format(output="second"), desk)) > 200
    assert bytes_of(desk / "second") == bytes_of(desk / "first")
    assert len(kept(desk).read_bytes()) == pytest.approx(len(good), rel=0.05)


def test_a_kept_pattern_finds_what_it_found(desk):
    run(BUILD.format(output="first"), desk)
    said = run(
        """
        import re
        from briefing import quick_compile

        texts = ["Minister Idrissov said: «да», 2016-10-01, https://a.b/c?d=1#e (EAEU) 7,5 %.", "a\\nb\\t<p class='x'>&amp;</p>", ""]

        def told(pattern):
            given = [text.encode() for text in texts] if isinstance(pattern.pattern, bytes) else texts
            found = [[(match.span(), match.groups(), match.lastgroup) for match in pattern.finditer(text)] for text in given]
            return pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex), found

        names = [name for name in quick_compile._read() if name[0] in {"str", "bytes"}]
        before = [told(re.compile(*name[1:])) for name in names]
        re.purge()
        quick_compile.quicken()
        after = [told(re.compile(*name[1:])) for name in names]
        print(len(names), sum(any(one[-1]) for one in before), before == after)
        """,
        desk,
    )
    count, found, same = said.split()
    assert (int(count) > 150, int(found) > 50, same) == (True, True, "True")
