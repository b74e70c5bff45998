"""The streams of a PDF, compressed once.

pydyf compresses each stream twice: for the file and for its identifier. Here each is compressed once, when the file is
complete. The last results are cached, because the next version of a brief has the same fonts.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

__all__ = ["compress_streams"]

#: The results for streams up to this size are cached, in bytes.
CACHED_SIZE = 200_000
BEGIN, END = b"\nstream\n", b"\nendstream"


def compress_streams(pdf: Any) -> None:
    """Compress the streams of a PDF that is about to be written, as pydyf would."""
    import pydyf

    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            stream.compress = False
            raw = stream.data.partition(BEGIN)[2].removesuffix(END)
            stream.stream = [_compressed_cached(raw) if len(raw) <= CACHED_SIZE else _compressed(raw)]
            stream.extra["Filter"] = "/FlateDecode"


def _compressed(data: bytes) -> bytes:
    return zlib.compress(data, 9)


_compressed_cached = lru_cache(maxsize=64)(_compressed)
