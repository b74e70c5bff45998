"""What a brief can say: the content model, one module for each part. Frozen, described field by field, no looks.

``base`` defines a part, ``blocks`` has a module for each block. ``fields`` has the kinds of text and dates, ``numbers``
numbers, ``typed`` what these kinds share. ``forms`` validates what was typed and reports all errors. The package
imports nothing else of ours.
"""

from .base import Audience, Part, Slip
from .blocks import (
    BLOCKS,
    Block,
    Chart,
    Column,
    Entry,
    Figure,
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
from .fields import Address, Bullets, Day, Line, Moment, PartialDate, Period, Prose, Words
from .forms import Complaint, fit
from .layout import Checks, Layout
from .meeting import IfRaised, Meeting
from .numbers import Number
from .section import Section
from .source import Source

__all__ = [
    "BLOCKS",
    "Address",
    "Audience",
    "Block",
    "Brief",
    "Bullets",
    "Chart",
    "Checks",
    "Column",
    "Complaint",
    "Day",
    "Entry",
    "Fact",
    "FactBox",
    "Figure",
    "IfRaised",
    "Layout",
    "Line",
    "Meeting",
    "Moment",
    "Number",
    "PageBreak",
    "Paragraphs",
    "Part",
    "PartialDate",
    "People",
    "Period",
    "Person",
    "Project",
    "Prose",
    "PullQuote",
    "Section",
    "Series",
    "Settings",
    "Sidebar",
    "Slip",
    "Source",
    "Table",
    "Timeline",
    "Words",
    "fit",
]
