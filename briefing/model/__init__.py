"""What a brief can say: the content model, one module for each part. Frozen, described field by field, no looks.

``base`` defines a model, ``blocks`` has a module for each block. ``fields`` has the kinds of text and dates,
``numbers`` numbers, ``typed`` what these kinds share. ``values`` validates the raw values and reports all issues.
``data_path`` says where a value stands, and ``paper`` has the paper sizes. The package imports nothing else of ours.
"""

from .audience import Visibility
from .base import Issue, Model
from .blocks import (
    BLOCKS,
    Block,
    Chart,
    Column,
    Entry,
    Figure,
    Map,
    PageBreak,
    Paragraphs,
    People,
    Person,
    PullQuote,
    Series,
    Sidebar,
    Table,
    Timeline,
)
from .brief import Brief, Project, Settings
from .fact_box import Fact, FactBox
from .fields import (
    Address,
    Day,
    InlineMarkdown,
    Markdown,
    MarkdownList,
    MarkdownText,
    Moment,
    PartialDate,
    Period,
    PlainText,
)
from .key_figure import KeyFigure
from .layout import Checks, Layout
from .meeting import IfRaised, Meeting
from .numbers import Number
from .section import Section
from .source import Source
from .values import RawIssue, validate

__all__ = [
    "BLOCKS",
    "Address",
    "Block",
    "Brief",
    "Chart",
    "Checks",
    "Column",
    "Day",
    "Entry",
    "Fact",
    "FactBox",
    "Figure",
    "IfRaised",
    "InlineMarkdown",
    "Issue",
    "KeyFigure",
    "Layout",
    "Map",
    "Markdown",
    "MarkdownList",
    "MarkdownText",
    "Meeting",
    "Model",
    "Moment",
    "Number",
    "PageBreak",
    "Paragraphs",
    "PartialDate",
    "People",
    "Period",
    "Person",
    "PlainText",
    "Project",
    "PullQuote",
    "RawIssue",
    "Section",
    "Series",
    "Settings",
    "Sidebar",
    "Source",
    "Table",
    "Timeline",
    "Visibility",
    "validate",
]
