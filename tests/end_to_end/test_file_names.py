"""Names of files and folders are found in either Unicode form: macOS stores letters with marks decomposed."""

import unicodedata
from pathlib import Path

import pytest

from briefing.pipeline import Job, build

TABLE = (
    "title: Norwegen\nlanguage: de\nissued: 2016-09-15\nsections:\n  - title: Handel\n    body:\n"
    "      - table:\n          caption: Ausfuhr\n          csv: {csv}\n"
)


def stored(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(("disk", "typed"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_tables_and_translations_are_found_in_either_form(tmp_path, disk, typed):
    csv, original = (unicodedata.normalize(disk, n) for n in ("Zähler/Außenhändler.csv", "übersetzt/güter.yaml"))
    said = [unicodedata.normalize(typed, name) for name in (csv, original)]
    content = tmp_path / "content"
    stored(content / csv, "Land;Wert\nSchweden;12,5\n")
    stored(content / Path(original).parent / csv, "Land;Wert\nSchweden;12,5\n")
    stored(content / original, TABLE.format(csv=said[0]).replace("de\n", "en\n"))
    stored(tmp_path / "briefing.yaml", "series: Länderblatt\n")
    brief = content / unicodedata.normalize(disk, "norwegen ü.yaml")
    stored(brief, f"translation_of: {said[1]}\n" + TABLE.format(csv=said[0]))
    outcome = build(Job(str(brief), str(tmp_path / "out"), ("html",), project=str(tmp_path)))
    # If the table of the original were not found, its figure would be missing there.
    assert [d.message for d in outcome.diagnostics] == []
    (page,) = (tmp_path / "out").glob("*.html")
    assert "Schweden" in page.read_text("utf-8")
