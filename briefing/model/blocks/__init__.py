"""The blocks of a body, one module each.

A new block needs a class here, an entry in ``BLOCKS``, and a template.
"""

from __future__ import annotations

from .chart import Chart, Series
from .common import BlockPart
from .figure import Figure
from .map import Map
from .page_break import PageBreak
from .paragraphs import Paragraphs
from .people import People, Person
from .pull_quote import PullQuote
from .sidebar import Sidebar
from .table import Column, Table
from .timeline import Entry, Timeline

Block = Chart | Figure | Map | PageBreak | Paragraphs | People | PullQuote | Sidebar | Table | Timeline

#: The blocks of a content file by key. Paragraphs are plain Markdown and have no key.
BLOCKS: dict[str, type[BlockPart]] = {
    "chart": Chart,
    "figure": Figure,
    "map": Map,
    "page_break": PageBreak,
    "people": People,
    "pull_quote": PullQuote,
    "sidebar": Sidebar,
    "table": Table,
    "timeline": Timeline,
}

__all__ = [
    "BLOCKS",
    "Block",
    "Chart",
    "Column",
    "Entry",
    "Figure",
    "Map",
    "PageBreak",
    "Paragraphs",
    "People",
    "Person",
    "PullQuote",
    "Series",
    "Sidebar",
    "Table",
    "Timeline",
]
