"""`make bench`: compare the cost of briefing with a naive script, pandoc and typst; it prints a table and never fails.

    python -m tests.benchmarks [--only WORD] [--pairs N] [--full]

The output is Markdown, as in docs/performance.md, which explains it.
"""

import argparse
import atexit
import functools
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import maps, pages, word_growth
from .runs import Run, Side, difference, middle, pairs, ratio, surroundings
from .texts import SAMPLE, many

ONE_PAGE = SAMPLE.with_name("kazakhstan.ru.yaml")
HERE = Path(__file__).parent
COMPARED = ["weasyprint", "jinja2", "python-docx", "pyyaml", "markdown-it-py", "uharfbuzz", "typst"]
BRIEFING = [sys.executable, "-m", "briefing"]
ALL = "html,pdf,docx"


# The commands that are measured.


def build(formats: str = ALL, content: Path = SAMPLE, *more: str) -> Side:
    return Side("briefing", lambda folder: [*BRIEFING, "build", content, "-f", formats, "-o", folder, *more])


def naive(formats: str = ALL) -> Side:
    return Side(
        "naive script",
        lambda folder: [sys.executable, HERE / "naive.py", formats, folder, folder / SAMPLE.name],
        copied,
    )


def called(name: str, side: Side) -> Side:
    return replace(side, name=name)


def pandoc(name: str) -> Side:
    import pypandoc

    program = pypandoc.get_pandoc_path()
    options = ["--embed-resources", "--standalone"]
    return Side(
        "pandoc",
        lambda folder: [program, *options, "--resource-path", texts(), texts() / "sample.md", "-o", folder / name],
    )


def typst() -> Side:
    code = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    return Side("typst", lambda folder: [sys.executable, "-c", code, texts() / "sample.typ", folder / "sample.pdf"])


def nothing() -> Side:
    return Side("`python -c pass`", lambda _: [sys.executable, "-c", "pass"])


def in_process() -> Side:
    code = "import sys; from briefing.pipeline import Job, build; sys.exit(build(Job(*sys.argv[1:])).exit_code)"
    return Side("the build in one process", lambda folder: [sys.executable, "-c", code, SAMPLE, folder])


def warm(whose: str) -> Side:
    command = [sys.executable, "-m", "tests.benchmarks.warm", whose]
    return Side("naive script" if whose == "naive" else "briefing", lambda folder: [*command, folder], one, tells=True)


# The folders in which they run.


def copied(folder: Path) -> None:
    many(folder / "project", 1)
    (folder / "project" / "content" / "images").rename(folder / "images")
    (folder / "project" / "content" / "brief-000.yaml").rename(folder / SAMPLE.name)


def one(folder: Path) -> None:
    many(folder, 1)


@functools.cache
def kept() -> Path:
    """A temporary folder that is removed at exit."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return Path(folder.name)


@functools.cache
def texts() -> Path:
    """The folder with the sample for pandoc and Typst. Another process writes it, to keep the memory of this one small."""
    command = [sys.executable, "-m", "tests.benchmarks.texts", kept()]
    subprocess.run(command, env=surroundings(), check=True)
    return kept()


@functools.cache
def built(count: int) -> Path:
    """A project of ``count`` briefs that have been built."""
    folder = kept() / f"built-{count}"
    many(folder, count)
    subprocess.run([*BRIEFING, "build", "-q"], cwd=folder, env=surroundings(), check=True)
    return folder


def changed(folder: Path) -> None:
    """Edit one brief of a project: raise its version."""
    first = folder / "content" / "brief-000.yaml"
    text, found = re.subn(r"(?m)^version: (\d+)", lambda m: f"version: {int(m[1]) + 1}", first.read_text("utf-8"))
    assert found == 1
    first.write_text(text, encoding="utf-8")


# The table.


@dataclass(frozen=True)
class Row:
    """A row of the table: its name, our side and the other one, the goal, and the measure that is compared."""

    name: str
    ours: Side
    other: Callable[[], Side]
    goal: str = ""
    of: tuple[str, ...] = ("cpu",)
    compare: Callable[[Sequence[Run], Sequence[Run], str], str] = ratio
    slow: bool = False  # at most three pairs, and no warm-up run


def again(count: int, ready: Callable[[Path], object] = lambda _: None) -> Side:
    return Side("briefing", lambda _: [*BRIEFING, "build"], ready, functools.partial(built, count))


def batch(count: int) -> Side:
    return Side("briefing", lambda _: [*BRIEFING, "build"], lambda folder: many(folder, count))


def loop(count: int, each: str) -> Side:
    """The commands for all of them in one process, or in a process for each."""
    script = f'"{sys.executable}" "{HERE / "naive.py"}" {ALL} output'
    lines = {
        "naive script, one process": f"{script} content/*.yaml",
        "naive script, once for each": f'for brief in content/*.yaml; do {script} "$brief" || exit 1; done',
    }
    return Side(each, lambda _: ["sh", "-c", f"mkdir output; {lines[each]}"], lambda folder: many(folder, count))


def rows(count: int) -> list[Row]:
    return [
        Row("cold: HTML, PDF and Word", build(), naive, "≤ 0.90"),
        Row("cold: HTML", build("html"), lambda: pandoc("sample.html")),
        Row("cold: HTML", build("html"), lambda: naive("html")),
        Row("cold: Word", build("docx"), lambda: pandoc("sample.docx")),
        Row("cold: Word", build("docx"), lambda: naive("docx")),
        Row("cold: PDF", build("pdf"), lambda: naive("pdf")),
        Row("cold: PDF", build("pdf"), typst),
        Row("nothing changed: one brief", again(1), lambda: called("a build of it", build()), "≤ 0.15"),
        Row(f"nothing changed: {count} briefs", again(count), lambda: called("a build of one", build()), "≤ 0.3"),
        Row(f"one of {count} changed", again(count, changed), lambda: called("that one alone", build()), "≤ 1.3"),
        Row("warm: one edit", warm("ours"), lambda: warm("naive"), "≤ 0.5 s"),
        Row(f"{count} briefs", batch(count), lambda: loop(count, "naive script, once for each"), "≤ 0.33 of the clock", ("clock", "cpu"), slow=True),
        Row(f"{count} briefs", batch(count), lambda: loop(count, "naive script, one process"), "≤ 0.33 of the clock", ("clock", "cpu"), slow=True),
        Row("fit to one page", build("pdf", ONE_PAGE, "--theme", "chancery"), lambda: called("one that fits", build("pdf", ONE_PAGE, "--theme", "standard")), "≤ +1.0 s", compare=difference),
        Row("the child process", build(), in_process),
        Row("`briefing --help`", Side("briefing", lambda _: [*BRIEFING, "--help"]), nothing),
    ]  # fmt: skip


def lines(row: Row, count: int) -> Iterator[str]:
    other = row.other()
    left, right = pairs(row.ours, other, min(count, 3) if row.slow else count, warm=not row.slow)
    for of in row.of:
        ours, theirs = (f"{middle(runs, of):.3f} | {middle(runs, 'memory'):.0f}" for runs in (left, right))
        name = row.name + (" (clock)" if of == "clock" else "")
        yield f"| {name} | {ours} | {other.name} | {theirs} | {row.compare(left, right, of)} | {row.goal} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").partition(";")[0])
    parser.add_argument(
        "--only", metavar="WORD", default="", help="only the lines with this word: cold, pages, growth …"
    )
    parser.add_argument("--pairs", type=int, default=5, metavar="N", help="pairs of runs for each line (default 5)")
    parser.add_argument("--full", action="store_true", help="200 briefs where there are 20 otherwise; takes an hour")
    asked = parser.parse_args()

    def wanted(name: str) -> bool:
        return asked.only.casefold() in name.casefold()

    versions = [f"{name} {importlib.metadata.version(name)}" for name in ["briefing", *COMPARED]]
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
          f"{', '.join(versions)}; {pandoc_version()}. Medians of {asked.pairs} pairs.\n")  # fmt: skip
    print("| | briefing, s | MiB | beside | s | MiB | ratio | goal |\n|---|---:|---:|---|---:|---:|---|---|")
    for row in rows(200 if asked.full else 20):
        if wanted(row.name):
            for line in lines(row, asked.pairs):
                print(line, flush=True)
    if wanted("pages"):
        print("\nFrom one page to eighty, PDF alone:\n")
        print(*pages.rows(min(asked.pairs, 3)), sep="\n", flush=True)
    if wanted("maps"):
        print("\nAll locator maps, each drawn once (CPU):\n")
        print(*maps.rows(), sep="\n", flush=True)
    if wanted("growth of Word"):
        print("\nThe Word press alone:\n")
        word_growth.main()


def pandoc_version() -> str:
    import pypandoc

    return f"pandoc {pypandoc.get_pandoc_version()}"


if __name__ == "__main__":
    main()
