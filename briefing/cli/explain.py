"""``briefing explain``: show the page of a diagnostic code, from ``briefing/explain``."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.diagnostics import Diagnostic, SetupError

from .completion import matching
from .messages import aligned, printable

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: The folder of the pages, one Markdown file for each code; it is read for each call.
FOLDER = Path(__file__).resolve().parent.parent / "explain"


def pages() -> dict[str, Path]:
    """The path of the page of each code, sorted by code."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.md"), key=lambda path: path.stem)}


def summary(page: str) -> str:
    """The first paragraph below the title of a page, without its full stop."""
    return page.split("\n\n", 2)[1].strip().rstrip(".")


def _complete_code(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    return matching(typed, ((code, "") for code in pages()))


@click.command(
    epilog="""\b
Examples:
  briefing explain unknown-block    what it is, an example, and what to do
  briefing explain                  all codes, a line each
"""
)
@click.argument("code", required=False, shell_complete=_complete_code)
def explain(code: str | None) -> int:
    """Explain a problem by its CODE, the word in brackets in a message: what it is, an example, what to do.

    Without a code, all of them are listed.
    """
    found = pages()
    if code is None:
        for line in aligned((name, summary(path.read_text("utf-8"))) for name, path in found.items()):
            click.echo(line.strip())
        return 0
    # It may be copied from a message: error[unknown-block].
    asked = re.sub(r"^.*\[|\].*$", "", code.strip()).lower().replace("_", "-")
    if asked not in found:
        near = difflib.get_close_matches(asked, found, n=1, cutoff=0.6)
        advice = f"did you mean {near[0]}?" if near else "briefing explain lists all codes"
        raise SetupError(Diagnostic("unknown-code", f"there is no code '{printable(code)}'", help=advice))
    click.echo(_plain_text(found[asked].read_text("utf-8")), nl=False)
    return 0


def _plain_text(page: str) -> str:
    """A page without Markdown markup for headings."""
    title, _, rest = page.partition("\n")
    return title.removeprefix("# ") + "\n" + re.sub(r"^## (.+)$", r"\1:", rest, flags=re.MULTILINE)
