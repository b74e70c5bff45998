"""The texts for the benchmark: the sample in Markdown and in Typst, long briefs, and projects of many briefs.

`python -m tests.benchmarks.texts FOLDER` writes the first two, with their picture.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "content" / "kazakhstan.yaml"
PICTURE = "flag.png"


def _plain(words: object) -> str:
    """The text without citations and without the markup that only briefing reads."""
    text = re.sub(r"\[\[([\w-]+)\]\]", r"\1", re.sub(r"\[@[\w-]+\]", "", str(words or "")))
    return re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", text)


def _parts() -> list[tuple[str, object]]:
    """The sample's text in order, as (kind, text): the same text as in naive.py, without its notes."""
    import yaml

    brief = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    parts: list[tuple[str, object]] = [("title", brief["title"]), ("text", brief["summary"])]
    facts = [
        [label, fact if isinstance(fact, str) else fact["value"]] for label, fact in brief["fact_box"]["facts"].items()
    ]
    figures = [[label, f"{each['value']} {each['unit']}"] for label, each in brief["key_figures"].items()]
    parts += [
        ("table", figures),
        ("head", brief["fact_box"]["title"]),
        ("picture", PICTURE),
        ("table", facts),
        ("text", brief["key_points"]),
    ]
    for section in brief["sections"]:
        parts.append(("head", section["title"]))
        for block in [section["body"]] if isinstance(section["body"], str) else section["body"]:
            if isinstance(block, str):
                parts.append(("text", block))
            elif "pull_quote" in block:
                parts.append(("text", block["pull_quote"]["text"]))
            elif "timeline" in block:
                parts.append(("table", [list(*entry.items()) for entry in block["timeline"]]))
            elif "table" in block:
                parts.append(("table", [block["table"]["columns"], *block["table"]["rows"]]))
    parts += [("head", "Sources"), ("table", [[key, str(value)] for key, value in brief["sources"].items()])]
    parts += [("head", "Abbreviations"), ("table", [[*entry] for entry in brief["glossary"].items()])]
    for meeting in brief["meetings"]:
        parts += [("head", meeting["title"]), ("text", meeting["objectives"]), ("text", meeting["points_to_make"])]
        people = [[who["name"], who["role"], who.get("note", "")] for who in meeting["ours"] + meeting["theirs"]]
        parts += [
            ("table", people),
            *(("text", f"{each['topic']}: {each['response']}") for each in meeting["if_raised"]),
        ]
        parts += [("text", meeting["their_objectives"]), ("text", meeting["internal_only"])]
    return parts


def markdown() -> str:
    """The sample as Markdown for pandoc."""
    lines = []
    for kind, words in _parts():
        if kind == "table":
            rows = [[_plain(cell).replace("|", "/").replace("\n", " ") for cell in row] for row in words]
            lines += ["| " + " | ".join(row) + " |\n" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]]]
        elif kind == "picture":
            lines.append(f"![]({words})")
        else:
            lines.append({"title": "# ", "head": "## "}.get(kind, "") + _plain(words))
        lines.append("\n\n")
    return "".join(lines)


def typst() -> str:
    """The sample for Typst: A4, headings, paragraphs, tables."""
    lines = ['#set page(paper: "a4", margin: 20mm, numbering: "1 / 1")\n#set text(size: 10pt)\n']
    for kind, words in _parts():
        if kind == "table":
            cells = ", ".join(f"[{_escaped(cell)}]" for row in words for cell in row)
            lines.append(f"#table(columns: {len(words[0])}, {cells})")
        elif kind == "picture":
            lines.append(f'#image("{words}", width: 40mm)')
        else:
            lines.append({"title": "= ", "head": "== "}.get(kind, "") + _escaped(words))
        lines.append("\n\n")
    return "".join(lines)


def _escaped(words: object) -> str:
    return re.sub(r"([\\#$*_@<>`\[\]~/])", r"\\\1", _plain(words).strip())


PARAGRAPH = (
    "Kazakhstan keeps up good relations with Russia, China and the West at once. In 2017 it takes that balance to the "
    "Security Council, where its term of two years begins; it has asked for a seat for Central Asia for the first time, "
    "and speaks of water, of energy and of a world without nuclear weapons. "
)


def long_brief(pages: int) -> str:
    """The content of a brief of about ``pages`` pages: a section of paragraphs and a table for every four pages.

    Its contents list fits beside the text at any length; otherwise a second layout would be needed.
    """
    paragraphs = max(3, round(pages * 3.95) - 1)
    sections = []
    for start in range(0, paragraphs, 16):
        blocks = "".join(f"      - |\n        {PARAGRAPH * 2}\n" for _ in range(start, min(start + 16, paragraphs)))
        if pages > 1:
            rows = "".join(f"            - [Body {row}, '{1990 + row}', Member]\n" for row in range(6))
            blocks += f"      - table:\n          caption: Bodies {start}\n          columns: [Body, Since, Part]\n          rows:\n{rows}"
        sections.append(f"  - title: Part {start // 16 + 1}\n    body:\n{blocks}")
    return 'title: "Kazakhstan: a long brief"\nlanguage: en\nsections:\n' + "".join(sections)


def many(folder: Path, count: int) -> None:
    """Write a project of ``count`` briefs: numbered copies of the sample, so that all have the same pages."""
    (folder / "content").mkdir(parents=True)
    shutil.copytree(ROOT / "content" / "images", folder / "content" / "images")
    shutil.copytree(ROOT / "content" / "data", folder / "content" / "data")
    shutil.copy(ROOT / "briefing.yaml", folder)
    text = SAMPLE.read_text(encoding="utf-8")
    for number in range(count):
        changed, found = re.subn(r"(?m)^copy: .*$", f"copy: {number + 1} of {count}", text)
        assert found == 1
        (folder / "content" / f"brief-{number:03}.yaml").write_text(changed, encoding="utf-8")


def main(folder: Path) -> None:
    import resvg_py

    (folder / "sample.md").write_text(markdown(), encoding="utf-8")
    (folder / "sample.typ").write_text(typst(), encoding="utf-8")
    flag = Path(__file__).with_name("flag.svg")
    (folder / PICTURE).write_bytes(bytes(resvg_py.svg_to_bytes(svg_path=str(flag))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
