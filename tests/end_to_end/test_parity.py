"""The three formats of a brief have the same words in the same order, in both editions."""

import difflib
from pathlib import Path

import pytest

from tests.support.project import ROOT
from tests.support.read_outputs import Words, notes_title, read, read_pdf

CONTENT = ROOT / "content"
BRIEFS = sorted(path.relative_to(CONTENT) for path in CONTENT.rglob("*.yaml"))
EDITIONS = {"internal": "", "handout": "-handout"}
CASES = [(brief, edition) for brief in BRIEFS for edition in EDITIONS]


@pytest.fixture(scope="session")
def built(tmp_path_factory, run_briefing) -> Path:
    """All briefs of content/, in both editions, as `briefing build` leaves them."""
    folder = tmp_path_factory.mktemp("parity")
    for edition in EDITIONS:
        run = run_briefing("build", "-o", folder, "--for", edition)
        assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(params=CASES, ids=[f"{brief.as_posix()} {edition}" for brief, edition in CASES])
def page(request, built) -> Path:
    """The HTML file of one brief in one edition; its sisters stand beside it."""
    brief, edition = request.param
    return built / brief.parent / f"{brief.stem}{EDITIONS[edition]}.html"


def beside(page: Path, suffix: str) -> Path:
    return page.with_name(f"{page.name.removesuffix('.html')}.{suffix}")


def differences(wanted: tuple[str, ...], got: tuple[str, ...]) -> list[str]:
    """Where two lists of words part, with some words around; an address that was broken over two lines is whole again."""
    found = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        of_address = any("." in word or ":" in word for word in wanted[a:b])
        if kind == "equal" or (of_address and "".join(wanted[a:b]) == "".join(got[c:d])):
            continue
        if [word.upper() for word in wanted[a:b]] == list(got[c:d]):  # a style of the theme has capitals on paper
            continue
        around = " ".join(wanted[max(0, a - 4) : a])
        found.append(f"after '… {around}': '{' '.join(wanted[a:b])}' became '{' '.join(got[c:d])}'")
    return found


def test_there_are_enough_briefs_and_words_to_compare(built):
    pages = sorted(built.rglob("*.html"))
    assert len(pages) == len(CASES) > 3
    assert sum(len(read(page).body) for page in pages) > 300
    assert sum(len(read(page).notes) for page in pages) > 5
    assert any(read(page).extracts for page in pages)
    assert sum(len(read(page).calls) for page in pages) > 20


def test_a_missing_word_is_detected():
    assert differences(("one", "two", "three"), ("one", "three")) == ["after '… one': 'two' became ''"]
    assert differences(("see", "http://a.org/b"), ("see", "http:", "//a.org/b")) == []


def test_word_has_the_words_of_the_html(page):
    wanted, got = read(page), read(beside(page, "docx"))
    assert len(wanted.body) > 20
    assert differences(wanted.silent, got.silent) == []
    assert got.calls == wanted.calls


def test_the_pdf_has_the_words_of_the_html(page):
    wanted, got = read(page), pdf(page)
    assert len(wanted.body) > 20
    if any(differences(wanted.body, got.body)):
        # Its extracts are shown and not read aloud.
        assert differences(wanted.aloud, got.body) == []
        for extract in wanted.extracts:
            assert "".join(extract) in without_breaks(got.untagged)


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_the_notes_are_the_same_in_every_format(page, suffix):
    wanted, got = read(page), pdf(page) if suffix == "pdf" else read(beside(page, suffix))
    assert len(got.notes) == len(wanted.notes)
    for one, other in zip(wanted.notes, got.notes, strict=True):
        assert differences(one, other) == []


def pdf(page: Path) -> Words:
    return read_pdf(beside(page, "pdf").read_bytes(), notes_title(page))


def without_breaks(text: str) -> str:
    return "".join(c for c in text if c not in "-‐‑–—/\u00ad\u00a0\u202f\u2009")
