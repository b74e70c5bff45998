"""No part or stream of an output contains information about the machine on which it was built."""

from __future__ import annotations

import os
import re
import socket
import zipfile
from io import BytesIO

import pdfplumber
import pytest
from pdfminer.pdftypes import PDFStream

from tests.support.project import ROOT

USER = "quetzalcoatl"
#: Libraries that have a hand in it, and the language they are written in.
LIBRARIES = ("weasyprint", "pydyf", "python-docx", "python", "fonttools", "harfbuzz", "jinja", "lxml", "pango")


@pytest.fixture(scope="module")
def finished(tmp_path_factory, run_briefing) -> dict[str, bytes]:
    """The sample in all formats, its source attached, made by a user of a rare name in folders of that name."""
    home = tmp_path_factory.mktemp(USER)
    project = home / f"{USER}-project"
    (project / "content").mkdir(parents=True)
    for path in (ROOT / "content").rglob("*"):
        if path.is_file():
            copy = project / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (project / "briefing.yaml").write_bytes((ROOT / "briefing.yaml").read_bytes())
    (home / "tmp").mkdir()
    env = dict.fromkeys(("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME"), USER)
    env |= {"HOME": str(home), "USERPROFILE": str(home), "TMPDIR": str(home / "tmp"), "TEMP": str(home / "tmp")}
    run = run_briefing("build", project / "content" / "kazakhstan.yaml", "--attach-source", cwd=project, env=env)
    assert run.returncode == 0, run.stdout + run.stderr
    return {path.suffix: path.read_bytes() for path in (project / "output").glob("kazakhstan.*")}


def streams(data: bytes) -> list[bytes]:
    """The file as it is, and each of its streams unpacked, but for pictures and fonts."""
    found = [data]
    with pdfplumber.open(BytesIO(data)) as pdf:
        for number in (n for table in pdf.doc.xrefs for n in table.get_objids()):
            thing = pdf.doc.getobj(number)
            if isinstance(thing, PDFStream):
                found.append(thing.get_data())
    return found


def parts(suffix: str, data: bytes) -> list[bytes]:
    if suffix == ".pdf":
        return streams(data)
    if suffix == ".docx":
        with zipfile.ZipFile(BytesIO(data)) as package:
            whole = [package.read(name) for name in package.namelist()]
            stamps = {entry.date_time for entry in package.infolist()}
        assert len(stamps) == 1, "the parts have times of their own"
        inner = [p for part in whole if part[:2] == b"PK" for p in parts(".docx", part)]
        return [*whole, *inner]
    return [data]


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_no_output_contains_names_or_paths_of_the_machine(finished, suffix):
    found = parts(suffix, finished[suffix])
    assert len(found) > (20 if suffix != ".html" else 0)
    host = socket.gethostname()
    names = [USER, "/tmp/", "\\Temp\\", os.path.realpath(ROOT), *([host] if len(host) > 5 else [])]
    for name in names:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert not any(name.encode(encoding).lower() in part.lower() for part in found), name


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_no_output_names_a_library_or_its_version(finished, suffix):
    text = b"\n".join(part for part in parts(suffix, finished[suffix]) if part[:5] != b"\x00\x01\x00\x00\x00")
    for name in LIBRARIES:
        told = re.search(rb"(?i)(?<![a-z])" + name.encode() + rb"[ /-]?v?\d*", text)
        assert told is None, told


def test_the_dates_in_the_pdf_are_the_date_of_issue(finished):
    with pdfplumber.open(BytesIO(finished[".pdf"])) as pdf:
        assert pdf.metadata["CreationDate"] == pdf.metadata["ModDate"] == "D:20161005000000Z"
    for part in parts(".pdf", finished[".pdf"]):
        assert set(re.findall(rb"D:(\d{8})", part)) <= {b"20161005"}
