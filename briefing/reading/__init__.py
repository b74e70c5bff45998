"""Files -> Draft -> Edition: reading YAML with positions, checking it against the model, tying notes and references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .draft import Draft, Picture, Places, format_path
    from .gather import find_project, gather
    from .reader import Reading, read
    from .resolve import Edition, resolve

__all__ = ["Draft", "Edition", "Picture", "Places", "Reading", "find_project", "format_path", "gather", "read", "resolve"]

_HOME = {
    "Draft": "draft",
    "Edition": "resolve",
    "Picture": "draft",
    "Places": "draft",
    "Reading": "reader",
    "find_project": "gather",
    "format_path": "draft",
    "gather": "gather",
    "read": "reader",
    "resolve": "resolve",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for, so that importing the package stays light."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
