"""Who may read what: the visibility of a part, and the two editions of a brief."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

#: The internal edition has everything. The handout has no internal part.
EditionKind = Literal["internal", "handout"]


class Visibility(StrEnum):
    """Who may read a part: ``internal`` is only in the internal edition, ``all`` also in the handout."""

    INTERNAL = "internal"
    ALL = "all"
