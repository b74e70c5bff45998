"""The time from a save until the preview has the HTML, the PDF, and the picture of the first page.

    python -m tests.benchmarks.warm_edit [--saves N]

The time is measured from the save until the bytes have arrived: watching, reading, setting, layout, drawing and
sending are included. The brief is the sample, of three pages.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.support.preview_client import Preview

ROOT = Path(__file__).resolve().parents[2]
BRIEF = "kazakhstan.yaml"
WORDS = "Kazakhstan keeps up"
#: The largest acceptable median of the time, in seconds.
GOALS = {"HTML": 0.1, "PDF": 0.5, "first page drawn": 0.5}


@dataclass(frozen=True)
class WarmEdit:
    """For each output the seconds from each save; the number of pages, and the load of the machine."""

    seconds: dict[str, list[float]]
    pages: int
    load: float

    def rows(self) -> list[tuple[str, float, float, float]]:
        """The rows of the table: output, median, fastest, slowest."""
        return [(what, statistics.median(took), min(took), max(took)) for what, took in self.seconds.items()]


def measure(saves: int = 15, warming: int = 3) -> WarmEdit:
    """Edit a copy of the sample ``saves`` times, after some warm-up saves that are not counted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "content", folder / "content")
        shutil.copy(ROOT / "briefing.yaml", folder)
        content = folder / "content" / BRIEF
        text = content.read_text("utf-8")
        assert WORDS in text
        preview = Preview(folder)
        seconds: dict[str, list[float]] = {what: [] for what in GOALS}
        try:
            with preview.looked_at(BRIEF) as looker:
                looker.settled()
                for number in range(warming + saves):
                    before = looker.news
                    aside = folder / "aside"
                    aside.write_text(text.replace(WORDS, f"{WORDS}, {number} times over,", 1), "utf-8")
                    start = time.perf_counter()
                    aside.replace(content)
                    looker.until(lambda news, old=before: news["screen"] != old["screen"])
                    assert f"{number} times over" in preview.get("screen", brief=BRIEF).decode()
                    took = [time.perf_counter() - start]
                    looker.until(lambda news, old=before: news["pages"] != old["pages"])
                    took.append(time.perf_counter() - start)
                    preview.get("page", brief=BRIEF, page=1, width=1240)  # A4 at 150 dpi
                    took.append(time.perf_counter() - start)
                    looker.settled()
                    if number >= warming:
                        for what, each in zip(GOALS, took, strict=True):
                            seconds[what].append(each)
                pages = looker.news["count"]
        finally:
            preview.end()
    return WarmEdit(seconds, pages, os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.warm_edit", description="A warm edit.")
    parser.add_argument("--saves", type=int, default=15, help="how many saves are measured (default 15)")
    edit = measure(parser.parse_args().saves)
    print(f"{edit.pages} pages; {os.cpu_count()} cores, of which {edit.load:.1f} were asked for in the last minute")
    print(f"{'after a save':<20}{'median ms':>10}{'goal':>7}{'quickest':>10}{'slowest':>9}")
    for what, middle, low, high in edit.rows():
        print(f"{what:<20}{middle * 1000:>10.0f}{GOALS[what] * 1000:>7.0f}{low * 1000:>10.0f}{high * 1000:>9.0f}")


if __name__ == "__main__":
    main()
