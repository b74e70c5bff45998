"""How parent and child speak: messages with their length before them."""

from __future__ import annotations

import struct
from typing import IO

__all__ = ["HEAD", "read_message"]

#: The length of a message, before the message itself: eight bytes, the highest first.
HEAD = struct.Struct(">Q")


def read_message(channel: IO[bytes]) -> bytes | None:
    """One whole message, or None when the other side has gone."""
    head = channel.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    (length,) = HEAD.unpack(head)
    message = channel.read(length)
    return message if len(message) == length else None
