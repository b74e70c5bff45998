"""The result of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check in one line; ``fix`` is the command or action that fixes it, empty if there is none.

    ``note`` is the state of an optional part that is missing.
    """

    state: Literal["ok", "note", "wrong"]
    message: str
    fix: str = ""
