"""The growth of time and memory in the Word writer: `python -m tests.benchmarks.word_growth` prints it, never fails.

A brief of many paragraphs, each with a source, a list and a reference, and of a table of many rows, in four sizes. Each
size runs in its own process: its CPU time without the start, and its peak memory. Twice the brief should take twice the
time. The galley is made before the measurement, so that only the writer is measured.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (250, 500, 1000, 2000)
#: Paragraphs for each row of the table: 500 rows in the largest brief.
ROWS = 4


def body(paragraphs: int) -> str:
    """The markup of a brief of a size, with numbers as :mod:`briefing.galley.number_items` gives them."""
    from tests.support.galley_with_everything import call

    parts = ['<h1 data-path="title">Growth</h1>']
    for number in range(paragraphs):
        if number % 20 == 0:
            section = number // 20
            parts.append(f'<h2 id="part-{section}" data-path="sections[{section}].title">Part {section}</h2>')
        parts.append(
            f'<p data-path="sections[{number // 20}].body[{number % 20}]">Paragraph {number} says <strong>something</strong>'
            f' of <span lang="kk">Қазақстан</span>, see <a class="reference" href="#part-0" data-reference="part-0">Part 0</a>.'
            f"{call(f's{number % 50}', number % 50 + 1, number // 50 + 1)}</p>"
        )
        if number % 10 == 0:
            parts.append("<ol><li>First</li><li>Second</li></ol><ul><li>A point</li></ul>")
        if number % 25 == 0:
            parts.append('<blockquote class="pull-quote"><p>“Words that stand beside the text.”</p></blockquote>')
    cells = "<td>Member</td><td class='number'>1,991</td><td>A remark of a few words</td>"
    rows = "".join(f"<tr><th scope='row'>Body {row}</th>{cells}</tr>" for row in range(paragraphs // ROWS))
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("Body", "Part", "Since", "Remark"))
    parts.append(f'<table class="brief-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')
    items = "".join(f'<li id="source-s{key}">Source {key}, <cite>Title</cite>, 2016.</li>' for key in range(50))
    return "".join(parts) + f'<section class="notes" id="sources"><h2>Sources</h2><ol>{items}</ol></section>'


def measure(paragraphs: int) -> None:
    """Build a brief of a size and print its cost: CPU seconds, peak memory in MiB, file size in kB."""
    from briefing.writers.docx import write_docx
    from tests.support.galley_with_everything import galley

    write_docx(galley("<p>Everything is imported.</p>"))
    made = galley(body(paragraphs))
    start = time.process_time()
    data = write_docx(made).data
    spent = time.process_time() - start
    unit = 2**20 if sys.platform == "darwin" else 2**10
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, len(data) / 1000)


def main() -> None:
    print("| paragraphs | rows | CPU s | ms a paragraph | MiB | kB |\n|---:|---:|---:|---:|---:|---:|")
    for size in SIZES:
        line = [sys.executable, "-c", f"from tests.benchmarks.word_growth import measure; measure({size})"]
        said = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        cpu, memory, kilobytes = map(float, said)
        print(
            f"| {size} | {size // ROWS} | {cpu:.2f} | {cpu * 1000 / size:.2f} | {memory:.0f} | {kilobytes:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
