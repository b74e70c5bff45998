"""Country briefs from one content file: PDF, Word and HTML with the same words."""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes longer to import than it takes to see that nothing has changed
if TYPE_CHECKING:
    from typing import Any

    from briefing.diagnostics import BriefingError, Diagnostic, Severity, Span
    from briefing.pipeline import File, Job, Outcome

__version__ = "0.1.0"

__all__ = ["BriefingError", "Diagnostic", "File", "Job", "Outcome", "Severity", "Span", "__version__"]

_HOMES = {
    "BriefingError": "briefing.diagnostics",
    "Diagnostic": "briefing.diagnostics",
    "File": "briefing.pipeline",
    "Job": "briefing.pipeline",
    "Outcome": "briefing.pipeline",
    "Severity": "briefing.diagnostics",
    "Span": "briefing.diagnostics",
}


def __getattr__(name: str) -> Any:
    """A public name, fetched from its module when it is first used, so that importing the package costs nothing."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'briefing' has no attribute '{name}'")
