"""The streams of a PDF, compressed once.

pydyf compresses each stream twice, for the file and for its identifier; and the fonts of a brief come again in its next
version. So streams are compressed here, when the file is complete, and the last ones are remembered.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

__all__ = ["compress_streams"]

#: Streams up to this size are remembered, in bytes.
LARGE = 200_000
BEGIN, END = b"\nstream\n", b"\nendstream"


def compress_streams(pdf: Any) -> None:
    """Compress the streams of a PDF that is about to be written, as pydyf would."""
    import pydyf

    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            stream.compress = False
            raw = stream.data.partition(BEGIN)[2].removesuffix(END)
            stream.stream = [_remembered(raw) if len(raw) <= LARGE else _compressed(raw)]
            stream.extra["Filter"] = "/FlateDecode"


def _compressed(data: bytes) -> bytes:
    return zlib.compress(data, 9)


_remembered = lru_cache(maxsize=64)(_compressed)
