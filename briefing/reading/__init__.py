"""Files -> Draft -> Edition: read YAML with positions, validate it, check citations and references."""

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
