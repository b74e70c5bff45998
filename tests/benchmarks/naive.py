"""What a good afternoon's script makes of a brief: its PDF, with the same words, the same picture and the same faces.

    python tests/benchmarks/naive.py content/kazakhstan.yaml FOLDER

PyYAML, a Jinja template in a string, and WeasyPrint, each as its own manual shows it. Nothing is checked, nothing is
tagged, there is no Word and no HTML; the type is set close, so that it fills no more pages than ours. It is the measure
of what briefing adds, not a rival.
"""

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import jinja2
import yaml
from markdown_it import MarkdownIt
from markupsafe import Markup
from weasyprint import HTML

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
<aside><h3>{{ brief.fact_box.title }}</h3><img src="{{ brief.fact_box.picture }}" alt="{{ brief.fact_box.alt }}"><dl>
{% for label, fact in brief.fact_box.facts.items() %}<dt>{{ label }}</dt><dd>{{ fact.value | line }}</dd>{% endfor %}
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


def plain(words: object, numbers: dict[str, int]) -> str:
    """The words with citations as numbers, and without the marks that only briefing reads."""
    text = re.sub(r"\[@([\w-]+)\]", lambda match: f" ({numbers[match[1]]})", str(words or ""))
    return re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", re.sub(r"\[\[([\w-]+)\]\]", r"\1", text))


def main(source: Path, folder: Path) -> None:
    brief = yaml.safe_load(source.read_text(encoding="utf-8"))
    numbers = {key: number for number, key in enumerate(brief["sources"], 1)}
    markdown = MarkdownIt()
    environment = jinja2.Environment(autoescape=True)
    environment.filters["text"] = lambda words: Markup(markdown.render(plain(words, numbers)))
    environment.filters["line"] = lambda words: Markup(markdown.renderInline(plain(words, numbers)))
    faces = [
        (family, style, Path(find_spec(package).submodule_search_locations[0], "files", name).as_uri())
        for family, style, package, name in FACES
    ]
    page = environment.from_string(TEMPLATE).render(brief=brief, faces=faces)
    HTML(string=page, base_url=source.as_uri()).write_pdf(folder / f"{source.stem}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
