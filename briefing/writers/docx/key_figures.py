"""The key figures: a table over the full width, with a cell for each figure."""

from __future__ import annotations

from dataclasses import replace

from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import mm
from .ooxml.text import TableForm, cell, row, table
from .page_grid import outdent
from .text_runs import text_of, unwrapped
from .word_styles import BLOCK_STYLES

#: The most figures in a row.
_MOST = 6
#: The estimated height of a row, in mm: four lines, and the space around them.
_ROW_MM = 30.0


def build_key_figures(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build the key figures as rows of equal cells, at most six in a row."""
    items = [child for child in unwrapped(element) if child.tag == "li"]
    if not items:
        return
    builder.add_pending_bookmark(element)
    count = -(-len(items) // _MOST)
    in_row = -(-len(items) // count)
    full = builder.galley.theme.measures.full
    inner = replace(context, boxed=True, width=full / in_row - builder.galley.theme.indents["table-column"])
    rows = []
    for start in range(0, len(items), in_row):
        cells = []
        for item in items[start : start + in_row]:
            with builder.cell() as content:
                builder.build_blocks(item.children, inner)
            cells.append(cell(mm(full / in_row), content))
        rows.append(row(cells, whole=True))
    labels = "; ".join(text_of(part.children) for part in element.walk() if part.style == "figure-label")
    form = TableForm(
        builder.styles.table(BLOCK_STYLES[".key-figures table"]),
        (mm(full / in_row),) * in_row,
        element.get("aria-label"),
        labels,
        header_row=False,
        bidi=context.rtl,
        indent=-mm(outdent(builder.galley.theme)[0]),
    )
    builder.table(table(form, rows))
    builder.columns.add_text(_ROW_MM * count)
    builder.columns.title_end = builder.columns.text_end
