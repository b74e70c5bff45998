"""Make the galley of an edition: run the theme's templates once, number items, check the tree."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, NoReturn

from briefing.assets.pictures import Picture
from briefing.countries.flags import flag
from briefing.diagnostics import ContentError, Diagnostic, SetupError, Severity, errors
from briefing.edition.resolve import Edition
from briefing.markup.markdown import plain_line
from briefing.markup.walk import blocks_of
from briefing.model import Chart, Table
from briefing.model.paper import PAPER_SIZES
from briefing.theme import Theme

from . import Galley, Properties, Running
from .contents import fill_contents
from .fit_tables import TooWide, fit_tables
from .hand_editions import meeting_sheets_only, number_paragraphs
from .helpers import Helpers
from .isolates import with_isolates, with_upright_emphasis
from .locale import Locale, locale_for
from .maps import Maps
from .no_breaks import with_no_breaks
from .number_items import number_items
from .running import check_running
from .small_pictures import small_pictures
from .tree import Element, MarkupError, Node, parse_markup
from .validate import in_template, validate_galley
from .view import to_view

MAIN, RUNNING = "brief.html.j2", "running.html.j2"
#: The headers and footers of a theme that has no template for them.
SHIPPED_RUNNING = f"shipped/standard/{RUNNING}"
#: The most characters of a template's own error message that are shown.
LONGEST = 300
#: The tallest chart, as a share of the height of the paper: margins, headers and the caption need the rest.
CHART_SHARE = 0.69
#: What an expression in a template can raise; one that is nested too deeply for Python raises SyntaxError. All are
#: errors of the designer, who gets a message and not a traceback.
EXPRESSION_ERRORS = (ArithmeticError, AttributeError, LookupError, RuntimeError, SyntaxError, TypeError, ValueError)


def set_galley(edition: Edition, theme: Theme, only: Literal["", "meetings"] = "") -> Galley:
    """The galley of an edition, made by the theme's templates; with ``only``, of its meeting sheets.

    Raises :class:`ContentError` if there are no meeting sheets to print, and :class:`SetupError`, with file and line,
    if a template is wrong.
    """
    brief = edition.brief
    if only and not brief.meetings:
        raise ContentError(_no_sheets(edition))
    language, has_labels = locale_for(edition.language, theme.labels)
    if edition.project.maps.note:
        language = replace(language, labels={**language.labels, "boundary_note": str(edition.project.maps.note)})
    view, fields = to_view(brief, edition.source_map, edition.language, tagged=edition.kind == "internal")
    pictures, logo = dict(edition.pictures), str(edition.project.logo or "")
    if not logo and theme.logo is not None:
        logo = theme.logo.name
        pictures[logo] = theme.logo
    maps = Maps(edition, language, theme)
    if edition.drawn.flag and edition.drawn.flag not in pictures:
        pictures.update(theme_flag(edition.drawn.flag, theme))
    helpers = Helpers(language, theme, pictures, maps)
    names = {"brief": view, "edition": edition.kind, "marking": edition.marking, "logo": logo}
    nodes = _run(theme, MAIN, names, helpers)
    nodes = number_paragraphs(nodes) if brief.layout.paragraph_numbers else nodes
    numbered = number_items(nodes, language, meeting_sheets_only(nodes) if only else None)

    def by_rules(element: Element) -> Element:
        element = with_upright_emphasis(with_no_breaks(element, language.tag), language.tag)
        return with_isolates(element, language.direction)

    body, too_wide = fit_tables(tuple(map(by_rules, fill_contents(numbered))), theme, edition.paper)
    too_large = [*(_too_wide(edition, body, found) for found in too_wide), *_too_tall(edition, body, theme)]
    if too_large:
        raise ContentError(*too_large)
    main = RUNNING if RUNNING in theme.templates else SHIPPED_RUNNING
    running = _run(theme, main, names, helpers)
    parts = tuple(by_rules(node) for node in running if isinstance(node, Element))
    problems = (
        *validate_galley(body, theme.templates),
        *validate_galley(parts, {main: theme.templates[main]}),
        *check_running(running, edition.marking, theme.templates[main]),
    )
    if errors(problems):
        raise SetupError(*problems)
    elements = [element for top in body for element in top.walk()]
    used = {e.get("src").removeprefix("picture:") for e in elements if e.tag == "img"}
    printed = {e.path for e in elements}
    return Galley(
        name=edition.name,
        edition=edition.kind,
        language=edition.language,
        direction=language.direction,
        paper="Letter" if edition.paper == "Letter" else "A4",
        theme=theme,
        properties=_properties(edition, language),
        running=Running(parts),
        body=body,
        pictures={name: picture for name, picture in pictures.items() if name in used},
        fields={path: source for path, source in fields.items() if path in printed},
        labels=language.labels,
        page_budget=brief.layout.pages,
        diagnostics=(
            *theme.diagnostics,
            *maps.diagnostics,
            *problems,
            *small_pictures(edition, theme),
            *([] if has_labels else [_no_labels(edition)]),
        ),
    )


def theme_flag(name: str, theme: Theme) -> dict[str, Picture]:
    """The flag with this file name: that of the theme, else that of the program; empty if there is none."""
    if name in theme.flags:
        return {name: theme.flags[name]}
    found = flag(name.removeprefix("flags/").removesuffix(".svg"))
    if found is None:
        return {}
    return {name: Picture(name, found.svg.encode(), "image/svg+xml", found.width, found.height)}


def _run(theme: Theme, main: str, names: dict[str, Any], helpers: Helpers) -> tuple[Node, ...]:
    """Run a template and parse its markup. Raises :class:`SetupError`, with template and line, for any error in it."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    from .environment import make_environment

    if main not in theme.templates:
        message = f"the theme '{theme.name}' has no {main}"
        raise SetupError(Diagnostic("template-missing", message, help="extend the theme 'standard' in theme.yaml"))
    try:
        rendered = make_environment(theme, helpers).get_template(main).render(names)
    except TemplateSyntaxError as error:
        _raise_template_error(theme, error.name or main, error.lineno, str(error.message))
    except TemplateNotFound as error:
        name, line = _line_of(error, theme, main)
        _raise_template_error(theme, name, line, f"there is no template '{error.name}'")
    except (TemplateError, *EXPRESSION_ERRORS) as error:
        name, line = _line_of(error, theme, main)
        _raise_template_error(theme, name, line, (str(error) or type(error).__name__)[:LONGEST])
    try:
        return parse_markup(rendered)
    except MarkupError as error:
        _raise_markup_error(error, rendered, theme, main)


def _line_of(error: BaseException, theme: Theme, main: str) -> tuple[str, int]:
    """The template and line of the innermost failing expression, from the traceback, which Jinja rewrites."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in theme.templates:
            return frame.filename, frame.lineno or 1
    return main, 1


def _raise_template_error(theme: Theme, name: str, line: int, reason: str) -> NoReturn:
    problem = Diagnostic("template", reason, file=name, help="docs/themes.md says what templates can use")
    template = theme.templates.get(name)
    raise SetupError(in_template(problem, template, line) if template else problem)


def _raise_markup_error(error: MarkupError, text: str, theme: Theme, main: str) -> NoReturn:
    """Raise the error at the template that has the markup in its literal text, else with the rendered line."""
    lines = text.splitlines()
    rendered_line = lines[error.line - 1] if error.line <= len(lines) else ""
    help_ = "close each element, and write &amp; for &"
    # First the markup at the position of the error, then what is before it on the line.
    parts = [rendered_line[error.column :].partition("<")[0], *reversed(rendered_line.split("<")[1:])]
    templates = (theme.templates[main], *theme.templates.values())
    for template, at in ((t, t.text.find(f"<{part}".rstrip())) for part in parts for t in templates):
        if at >= 0:
            problem = Diagnostic("markup", f"this markup is not well formed: {error.reason}", help=help_)
            raise SetupError(in_template(problem, template, template.text.count("\n", 0, at) + 1))
    message, file = f"what the templates set is not well formed: {error.reason}", f"templates of '{theme.name}'"
    raise SetupError(Diagnostic("markup", message, label=rendered_line.strip()[:200], file=file, help=help_))


def _properties(edition: Edition, language: Locale) -> Properties:
    brief, date = edition.brief, edition.brief.issued or edition.brief.as_of
    country = language.country(brief.country) if brief.country else ""
    return Properties(
        title=brief.title.replace("\u00ad", ""),  # in lists of files and windows no line breaks
        subject=plain_line(brief.summary) if brief.summary else "",
        author=brief.prepared_by or "",
        keywords=", ".join(word for word in (country, brief.series) if word),
        category=brief.series or "",
        marking=edition.marking,
        reference=brief.reference or "",
        version=brief.version or "",
        status=brief.status or "draft",
        issued=(date.first_day if date else dt.date(1980, 1, 1)).isoformat(),
    )


def _no_sheets(edition: Edition) -> Diagnostic:
    message, help_ = "this brief has no meeting sheet to print", "add `meetings`, or leave `--only meetings` out"
    if edition.kind == "handout":
        message = "no meeting sheet of this brief is for a handout, so there is none to print"
        help_ = "give a meeting `audience: all`, or leave `--for handout` out"
    return edition.source_map.diagnostic("no-meetings", message, ("meetings",), help=help_)


def _too_wide(edition: Edition, body: tuple[Node, ...], found: TooWide) -> Diagnostic:
    message = f"this table has {found.columns} columns, but the paper has room for {found.fitting}"
    help_ = "leave out columns, make two tables of it, or exchange rows and columns"
    tables = [e for top in body if isinstance(top, Element) for e in top.walk() if e.style == "brief-table"]
    paths = [path for path, _ in blocks_of(edition.brief, Table)]
    if len(tables) != len(paths):  # a theme's own tables
        return Diagnostic("table-width", message, label=found.caption, help=help_)
    path = paths[tables.index(found.element)]
    return edition.source_map.diagnostic("table-width", message, path, label=found.caption, help=help_)


def _too_tall(edition: Edition, body: tuple[Node, ...], theme: Theme) -> Iterator[Diagnostic]:
    """The charts that are taller than a page: a bar for each of many categories."""
    room = PAPER_SIZES["Letter" if edition.paper == "Letter" else "A4"][1] * CHART_SHARE
    charts = [e for top in body if isinstance(top, Element) for e in top.walk() if e.style == "chart"]
    paths = [path for path, _ in blocks_of(edition.brief, Chart)]
    for number, chart in enumerate(charts):
        drawing = chart.find("svg")
        box = (drawing.get("viewBox") if drawing else "").split()
        height = float(box[3]) / float(box[2]) * theme.measures.text if len(box) == 4 else 0.0
        if height > room:
            message = f"this chart is {height:.0f} mm tall, but a page has room for {room:.0f} mm"
            help_ = "leave out bars or shorten their names, make two charts of it, or use type: column or a table"
            if len(charts) == len(paths):
                yield edition.source_map.diagnostic("chart-height", message, paths[number], help=help_)
            else:  # a theme's own charts
                yield Diagnostic("chart-height", message, help=help_)


def _no_labels(edition: Edition) -> Diagnostic:
    message = f"the program has no labels in '{edition.language}'; the English ones are set"
    help_ = f"lay a file labels/{edition.language.split('-')[0]}.yaml into a theme of your own"
    return edition.source_map.diagnostic("no-labels", message, ("language",), help=help_, severity=Severity.WARNING)
