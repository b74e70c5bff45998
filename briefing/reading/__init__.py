"""Files -> Draft -> Edition: reading YAML with positions, checking it against the model, tying notes and references."""

from .draft import Draft, Picture, Places, format_path
from .gather import gather
from .reader import Reading, read
from .resolve import Edition, resolve

__all__ = [
    "Draft",
    "Edition",
    "Picture",
    "Places",
    "Reading",
    "format_path",
    "gather",
    "read",
    "resolve",
]
