"""A simple script that builds a brief as HTML, PDF and Word, with the same words, picture and fonts; for comparison.

    python tests/benchmarks/naive.py html,pdf,docx FOLDER content/kazakhstan.yaml ...

PyYAML, a Jinja template in a string, WeasyPrint and python-docx, each used as its manual shows; one process for all
briefs. Nothing is checked or tagged, notes are plain numbers, the Word file has the styles of python-docx. Line spacing
is tight, so that it fills no more pages than ours. It shows the cost of what briefing adds.
"""

import re
import sys
from base64 import b64encode
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import jinja2
import yaml
from markdown_it import MarkdownIt
from markupsafe import Markup

TEMPLATE = """<!DOCTYPE html>
<html lang="{{ brief.language }}"><head><meta charset="utf-8"><title>{{ brief.title }}</title><style>
{% for family, style, url in faces %}
@font-face { font-family: "{{ family }}"; font-style: {{ style }}; font-weight: 200 900; src: url("{{ url }}") }
{% endfor %}
@page { size: A4; margin: 20mm 20mm 18mm;
  @top-center { content: "{{ brief.marking }}"; font: 700 9pt "Source Sans 3"; color: #8a1c1c }
  @bottom-left { content: "{{ brief.title }}"; font: 8pt "Source Sans 3" }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt "Source Sans 3" } }
body { font: 9.5pt/12pt "Source Serif 4"; hyphens: auto; margin: 0 } p, ul, ol, dl { margin: 0 0 4pt } ul, ol { padding-left: 12pt }
h1, h2, h3, table, aside, figcaption { font-family: "Source Sans 3" } h1, h2, h3 { color: #1f4e79; break-after: avoid }
h1 { font-size: 22pt; line-height: 26pt } h1, h2, h3 { margin: 6pt 0 3pt } h2 { font-size: 12pt } h3 { font-size: 10pt }
aside { float: right; width: 46mm; margin: 0 0 4mm 8mm; padding: 3mm; background: #eef3f7; font-size: 9pt }
aside img { width: 100% } dt { font-weight: 700 } dd { margin: 0 0 1mm }
blockquote { font-size: 12pt; color: #1f4e79; margin: 4pt 0 }
table { width: 100%; border-collapse: collapse; font-size: 9pt } th, td { border-bottom: .5pt solid #9fb1c2; text-align: left }
.meeting { break-before: page }
</style></head><body>
<p>{{ brief.series }} · {{ brief.reference }} · {{ brief.issued }} · {{ brief.prepared_by }}</p>
<h1>{{ brief.title }}</h1>{{ brief.summary | text }}
{% for label, figure in brief.key_figures.items() %}<p>{{ label }} {{ figure.unit }} {{ figure.value }} {{ figure.as_of }}</p>{% endfor %}
<aside><h3>{{ brief.fact_box.title }}</h3><img src="{{ picture }}" alt="Flag of Kazakhstan"><dl>
{% for label, fact in brief.fact_box.facts.items() %}<dt>{{ label }}</dt><dd>{{ (fact if fact is string else fact.value) | line }}</dd>{% endfor %}
</dl></aside>{{ brief.key_points | text }}
{% for section in brief.sections %}<h2>{{ section.title }}</h2>
{% for block in ([section.body] if section.body is string else section.body) %}
{% if block is string %}{{ block | text }}
{% elif block.pull_quote %}<blockquote>{{ block.pull_quote.text | text }}
{% if block.pull_quote.by %}<p>{{ block.pull_quote.by }}, {{ block.pull_quote.role }}, {{ block.pull_quote.date }}</p>{% endif %}
</blockquote>
{% elif block.timeline %}<dl>{% for entry in block.timeline %}{% for date, event in entry.items() %}
<dt>{{ date }}</dt><dd>{{ event | line }}</dd>{% endfor %}{% endfor %}</dl>
{% elif block.table %}<table><caption>{{ block.table.caption }}</caption>
<thead><tr>{% for column in block.table.columns %}<th>{{ column }}</th>{% endfor %}</tr></thead><tbody>
{% for row in block.table.rows %}<tr>{% for cell in row %}<td>{{ cell | line }}</td>{% endfor %}</tr>{% endfor %}
</tbody></table>{{ block.table.note | text }}{% endif %}{% endfor %}{% endfor %}
<h2>Sources</h2><ol>{% for source in brief.sources.values() %}
<li>{{ (source if source is string else source.values() | join(", ")) }}</li>{% endfor %}</ol>
<h2>Abbreviations</h2><dl>{% for short, long in brief.glossary.items() %}<dt>{{ short }}</dt><dd>{{ long }}</dd>{% endfor %}</dl>
{% for meeting in brief.meetings %}<div class="meeting"><h1>{{ meeting.title }}</h1><p>{{ meeting.when }}, {{ meeting.where }}</p>
<h2>Objectives</h2>{{ meeting.objectives | text }}
<h2>Present</h2><ul>{% for person in meeting.ours + meeting.theirs %}
<li>{{ person.name }}, {{ person.role }}. {{ person.pronounced }} {{ person.note }}</li>{% endfor %}</ul>
<h2>Points to make</h2>{{ meeting.points_to_make | text }}
<h2>If raised</h2>{% for each in meeting.if_raised %}
<h3>{{ each.topic }}</h3><p>{{ each.response }}</p><p>{{ each.background }}</p>{% endfor %}
<h2>Their objectives</h2>{{ meeting.their_objectives | text }}<h2>Internal only</h2>{{ meeting.internal_only | text }}</div>
{% endfor %}</body></html>"""

FACES = [
    ("Source Serif 4", "normal", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    ("Source Serif 4", "italic", "fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
    ("Source Sans 3", "normal", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    ("Source Sans 3", "italic", "fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf"),
]

#: The flag beside the facts; the program draws its own from the code of the country.
FLAG = Path(__file__).with_name("flag.svg")
MARKDOWN = MarkdownIt()


def plain(words: object, numbers: dict[str, int]) -> str:
    """The text with citations as numbers, and without the markup that only briefing reads."""
    text = re.sub(r"\[@([\w-]+)\]", lambda match: f" ({numbers[match[1]]})", str(words or ""))
    return re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", re.sub(r"\[\[([\w-]+)\]\]", r"\1", text))


def page_of(brief: dict, numbers: dict[str, int]) -> str:
    environment = jinja2.Environment(autoescape=True)
    environment.filters["text"] = lambda words: Markup(MARKDOWN.render(plain(words, numbers)))
    environment.filters["line"] = lambda words: Markup(MARKDOWN.renderInline(plain(words, numbers)))
    faces = [
        (family, style, Path(find_spec(package).submodule_search_locations[0], "files", name).as_uri())
        for family, style, package, name in FACES
    ]
    picture = "data:image/svg+xml;base64," + b64encode(FLAG.read_bytes()).decode()
    return environment.from_string(TEMPLATE).render(brief=brief, faces=faces, picture=picture)


def word_of(brief: dict, numbers: dict[str, int]):
    import resvg_py
    from docx import Document
    from docx.shared import Mm

    document = Document()

    def runs(paragraph, token):
        bold = italic = False
        for part in token.children:
            bold = {"strong_open": True, "strong_close": False}.get(part.type, bold)
            italic = {"em_open": True, "em_close": False}.get(part.type, italic)
            if part.content or part.type == "softbreak":
                run = paragraph.add_run(part.content or " ")
                run.bold, run.italic = bold, italic
        return paragraph

    def text(words, style=None):
        lists = []
        for token in MARKDOWN.parse(plain(words, numbers)):
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                lists.append("List Bullet" if token.type.startswith("bullet") else "List Number")
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                lists.pop()
            elif token.type == "inline":
                runs(document.add_paragraph(style=lists[-1] if lists else style), token)

    def table(rows):
        grid = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, words in zip(grid.add_row().cells, row, strict=True):
                for token in MARKDOWN.parseInline(plain(words, numbers)):
                    runs(cell.paragraphs[0], token)

    section, box = document.sections[0], brief["fact_box"]
    section.header.paragraphs[0].text = brief["marking"]
    section.footer.paragraphs[0].text = brief["title"]
    text(f"{brief['series']} · {brief['reference']} · {brief['issued']} · {brief['prepared_by']}")
    document.add_heading(brief["title"], 0)
    text(brief["summary"])
    text(
        "\n\n".join(
            f"{label} {each['unit']} {each['value']} {each['as_of']}" for label, each in brief["key_figures"].items()
        )
    )
    document.add_heading(box["title"], 2)
    flag = resvg_py.svg_to_bytes(svg_path=str(FLAG))
    document.add_picture(BytesIO(bytes(flag)), width=Mm(40))
    table([[label, fact if isinstance(fact, str) else fact["value"]] for label, fact in box["facts"].items()])
    text(brief["key_points"])
    for part in brief["sections"]:
        document.add_heading(part["title"], 1)
        for block in [part["body"]] if isinstance(part["body"], str) else part["body"]:
            if isinstance(block, str):
                text(block)
            elif quote := block.get("pull_quote"):
                text(quote["text"], "Intense Quote")
                if "by" in quote:
                    text(f"{quote['by']}, {quote['role']}, {quote['date']}")
            elif "timeline" in block:
                table([each for entry in block["timeline"] for each in entry.items()])
            elif "table" in block:
                text(block["table"]["caption"], "Caption")
                table([block["table"]["columns"], *block["table"]["rows"]])
                text(block["table"].get("note"))
    document.add_heading("Sources", 1)
    for source in brief["sources"].values():
        text(source if isinstance(source, str) else ", ".join(map(str, source.values())), "List Number")
    document.add_heading("Abbreviations", 1)
    table(list(brief["glossary"].items()))
    for meeting in brief["meetings"]:
        document.add_page_break()
        document.add_heading(meeting["title"], 1)
        text(f"{meeting['when']}, {meeting['where']}")
        document.add_heading("Objectives", 2)
        text(meeting["objectives"])
        document.add_heading("Present", 2)
        for who in meeting["ours"] + meeting["theirs"]:
            text(f"{who['name']}, {who['role']}. {who.get('pronounced', '')} {who.get('note', '')}", "List Bullet")
        document.add_heading("Points to make", 2)
        text(meeting["points_to_make"])
        document.add_heading("If raised", 2)
        for each in meeting["if_raised"]:
            document.add_heading(each["topic"], 3)
            text(each["response"])
            text(each.get("background"))
        for heading, key in [("Their objectives", "their_objectives"), ("Internal only", "internal_only")]:
            document.add_heading(heading, 2)
            text(meeting[key])
    return document


def make(source: Path, folder: Path, formats: list[str]) -> None:
    brief = yaml.safe_load(source.read_text(encoding="utf-8"))
    numbers = {key: number for number, key in enumerate(brief["sources"], 1)}
    page = page_of(brief, numbers) if {"html", "pdf"} & {*formats} else ""
    if "html" in formats:
        (folder / f"{source.stem}.html").write_text(page, encoding="utf-8")
    if "pdf" in formats:
        from weasyprint import HTML

        HTML(string=page, base_url=source.as_uri()).write_pdf(folder / f"{source.stem}.pdf")
    if "docx" in formats:
        word_of(brief, numbers).save(folder / f"{source.stem}.docx")


if __name__ == "__main__":
    for name in sys.argv[3:]:
        make(Path(name).resolve(), Path(sys.argv[2]), sys.argv[1].split(","))
