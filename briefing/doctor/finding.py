"""What the doctor found: one line, and the line that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``note`` is for what may be missing. ``mend`` is what to type or to do; empty where there is nothing to do."""

    state: Literal["ok", "note", "wrong"]
    words: str
    mend: str = ""

    @property
    def wrong(self) -> bool:
        """Whether something has to be mended."""
        return self.state == "wrong"
