"""Country briefs from one content file: PDF, Word and HTML with the same words."""

from __future__ import annotations

TYPE_CHECKING = False  # not imported from typing, which takes long to import
if TYPE_CHECKING:
    from typing import Any

    from briefing.diagnostics import BriefingError, Diagnostic, Severity, Span
    from briefing.pipeline import File, Job, Outcome

__version__ = "0.1.0"

__all__ = ["BriefingError", "Diagnostic", "File", "Job", "Outcome", "Severity", "Span", "__version__"]


def __getattr__(name: str) -> Any:
    """A public name, fetched from its module when it is first used, so that importing the package costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'briefing' has no attribute '{name}'")
    from importlib import import_module

    module = "pipeline" if name in {"File", "Job", "Outcome"} else "diagnostics"
    return getattr(import_module(f"briefing.{module}"), name)
