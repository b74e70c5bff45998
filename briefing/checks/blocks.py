"""The blocks of a brief by kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from briefing.model import Block, Brief
from briefing.model.blocks.common import BlockPart
from briefing.model.data_path import DataPath

B = TypeVar("B", bound=BlockPart)


def blocks_of(brief: Brief, kind: type[B]) -> Iterator[tuple[DataPath, B]]:
    """The blocks of one kind in the sections and annexes, with their paths."""
    for part in ("sections", "annexes"):
        for index, section in enumerate(getattr(brief, part)):
            body: tuple[Block, ...] = section.body
            for number, block in enumerate(body):
                if isinstance(block, kind):
                    yield (part, index, "body", number), block
