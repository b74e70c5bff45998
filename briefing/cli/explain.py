"""``briefing explain``: what a problem is, an example of it, and its cure. One page a code, in ``briefing/explain``."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.diagnostics import Diagnostic, SetupError

from .messages import printable

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["explain", "pages", "summary"]

#: Data, read when a page is asked for: a page is added by adding a file.
FOLDER = Path(__file__).resolve().parent.parent / "explain"


def pages() -> dict[str, Path]:
    """The page of each code."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.md"), key=lambda path: path.stem)}


def summary(page: str) -> str:
    """The sentence that a page begins with, below its title."""
    return page.split("\n\n", 2)[1].strip().rstrip(".")


def _completed(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(code) for code in pages() if code.startswith(typed)]


@click.command(
    epilog="""\b
Examples:
  briefing explain unknown-block    what it is, an example, and what to do
  briefing explain                  all codes, a line each
"""
)
@click.argument("code", required=False, shell_complete=_completed)
def explain(code: str | None) -> int:
    """Explain a problem by its CODE, the word in brackets in a message: what it is, an example, what to do.

    Without a code, all of them are listed.
    """
    found = pages()
    if code is None:
        column = max(map(len, found))
        for name, path in found.items():
            click.echo(f"{name:<{column}}  {summary(path.read_text('utf-8'))}")
        return 0
    # It may come as it was seen: error[unknown-block].
    asked = re.sub(r"^.*\[|\].*$", "", code.strip()).lower().replace("_", "-")
    if asked not in found:
        near = difflib.get_close_matches(asked, found, n=1, cutoff=0.6)
        raise SetupError(
            Diagnostic(
                "unknown-code",
                f"there is no code '{printable(code)}'",
                help=f"did you mean {near[0]}?" if near else "briefing explain lists all codes",
            )
        )
    click.echo(_on_screen(found[asked].read_text("utf-8")), nl=False)
    return 0


def _on_screen(page: str) -> str:
    """A page without its signs of Markdown."""
    title, _, rest = page.partition("\n")
    return title.removeprefix("# ") + "\n" + re.sub(r"^## (.+)$", r"\1:", rest, flags=re.MULTILINE)
