"""Compare the outputs of this version of the program with those that were recorded before a change.

    python -m tests.same_bytes            compare with the record; without one, make it
    python -m tests.same_bytes --record   replace the record

The briefs are those of content/, in both themes, and every brief in a test, in its own theme; each in all formats and
both editions. The record has the briefs, the output files and the messages. It is valid on one machine only: other
versions of Pango give other bytes. The program is run as a user runs it, so any two versions can be compared.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import canonicalize

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "same-bytes"
CASE = re.compile(r"^[^\n#.][^\n]*\n\.\n(?P<yaml>.*?)^\.\n.*?^\.$", re.MULTILINE | re.DOTALL)
EDITIONS, THEMES = ("internal", "handout"), ("standard", "chancery")
SETTINGS = "markings:\n  - UNCLASSIFIED\n  - OFFICIAL\n  - SECRET\n"


def main() -> int:
    """Make the record, or compare with it; the exit code is 1 if anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.same_bytes", description=__doc__)
    parser.add_argument("--record", action="store_true", help="replace the record")
    record, now = FOLDER / "record", FOLDER / "now"
    if parser.parse_args().record or not record.is_dir():
        shutil.rmtree(FOLDER, ignore_errors=True)
        write_project(FOLDER / "desk")
        build(FOLDER / "desk", record)
        print(f"recorded {len(files(record))} files")
        return 0
    shutil.rmtree(now, ignore_errors=True)
    build(FOLDER / "desk", now)
    before, after = files(record), files(now)
    found = list(differences(before, after))
    print("\n".join(found) or f"{len(after)} files are the same")
    return 1 if found else 0


def briefs() -> list[str]:
    """The text of every brief in a test, each once."""
    found: list[str] = []
    for path in sorted((ROOT / "tests" / "cases").glob("*.md")):
        found += (match["yaml"] for match in CASE.finditer(path.read_text("utf-8")))
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.name.startswith("test_"):
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            values = [node.value for node in nodes if isinstance(node, ast.Constant)]
        elif path.parent == ROOT / "tests" / "support":  # a helper: its briefs may be built from parts
            values = list(vars(importlib.import_module(f"tests.support.{path.stem}")).values())
        else:
            continue
        found += (text for text in values if isinstance(text, str) and re.match(r"\s*title: ", text) and "\n" in text)
    return list(dict.fromkeys(found))


def write_project(folder: Path) -> None:
    """Write a project with every brief, and the pictures and tables that they name."""
    shutil.copytree(ROOT / "tests" / "cases" / "files", folder / "content")
    shutil.copytree(ROOT / "content", folder / "content", dirs_exist_ok=True)
    shutil.copy(ROOT / "briefing.yaml", folder)
    shutil.copytree(folder / "content", folder / "tests" / "content", ignore=shutil.ignore_patterns("*.yaml"))
    (folder / "tests" / "briefing.yaml").write_text(SETTINGS, "utf-8")
    for text in briefs():
        data = text.encode("utf-8", "surrogatepass")
        (folder / "tests" / "content" / f"brief-{sha256(data).hexdigest()[:12]}.yaml").write_bytes(data)


def build(desk: Path, target: Path) -> None:
    """Build all briefs in all editions into a folder, with the messages beside the files."""
    assert len(list((desk / "content").glob("*.yaml"))) >= 3
    assert len(list((desk / "tests" / "content").glob("*.yaml"))) > 300
    for edition in EDITIONS:
        for theme in THEMES:
            run(desk, target / theme, edition, ("--for", edition, "--theme", theme))
        run(desk / "tests", target / "tests", edition, ("--for", edition))


def run(project: Path, target: Path, name: str, options: tuple[str, ...]) -> None:
    """Run one command, and keep its messages with one line for each problem."""
    target.mkdir(parents=True, exist_ok=True)
    output = project / "output"
    shutil.rmtree(output, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "build", "--force", "--messages", "json", *options],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    try:
        problems = json.loads(done.stdout)["diagnostics"]
    except (KeyError, ValueError):
        raise SystemExit(done.stdout + done.stderr) from None
    lines = sorted(json.dumps(problem, sort_keys=True, ensure_ascii=False) for problem in problems)
    (target / f"{name}.messages").write_text("\n".join(lines), "utf-8")
    for path in sorted(output.iterdir()):
        if path.suffix in {".html", ".pdf", ".docx"}:
            path.replace(target / path.name)


def files(folder: Path) -> dict[str, bytes]:
    """The files below a folder by their relative paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> Iterator[str]:
    """One line for each file that differs; of a Word file, its parts, and of messages, their lines."""
    for name in sorted({*before, *after}):
        if name not in after or name not in before:
            yield f"{name}: {'new' if name in after else 'gone'}"
        elif before[name] != after[name] and name.endswith(".docx"):
            parts = [parts_of(FOLDER / place / name) for place in ("record", "now")]
            changed = sorted(part for part in {*parts[0], *parts[1]} if parts[0].get(part) != parts[1].get(part))
            shown = [part + (" (equal as XML)" if equal_as_xml(part, *parts) else "") for part in changed]
            yield f"{name}: {', '.join(shown) or 'only the zip file'}"
        elif before[name] != after[name] and name.endswith(".messages"):
            lines = [set(data.decode("utf-8").split("\n")) for data in (before[name], after[name])]
            yield from (f"{name}: - {line}" for line in sorted(lines[0] - lines[1]))
            yield from (f"{name}: + {line}" for line in sorted(lines[1] - lines[0]))
        elif before[name] != after[name]:
            yield f"{name}: differs"


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a Word file by their names."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def equal_as_xml(part: str, one: dict[str, bytes], other: dict[str, bytes]) -> bool:
    """Whether a part has the same canonical XML in both files."""
    if not part.endswith((".xml", ".rels")) or part not in one or part not in other:
        return False
    forms = (canonicalize(each[part].decode("utf-8"), strip_text=False) for each in (one, other))
    return next(forms) == next(forms)


if __name__ == "__main__":
    sys.exit(main())
