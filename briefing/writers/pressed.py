"""What a press hands back."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.diagnostics import Diagnostic

__all__ = ["Pressed"]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A finished document: its bytes, what was noticed and, where the format has pages, their number."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int | None = None
