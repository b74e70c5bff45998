"""Compiled templates, kept in the process and, by Jinja's own bytecode cache, in the user's cache folder.

Compiling the program's templates takes longer than reading a brief and setting its galley.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache, FileSystemBytecodeCache

from briefing.cache_folder import user_cache_folder

#: The most compiled templates that are kept in the process; a theme has about thirty.
TEMPLATES = 200


class TemplateCache(BytecodeCache):
    """Compiled templates by name and text.

    ``settings`` identifies how they are compiled: a template that was compiled with other settings is not used.
    """

    def __init__(self, settings: str) -> None:
        folder = user_cache_folder()
        version = sha256(f"{jinja2.__version__} {settings}".encode()).hexdigest()[:8]
        self._files = FileSystemBytecodeCache(str(folder), f"template-%s-{version}") if folder else None
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Set the code of a template, if it is known."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))
        if bucket.code is None and self._files:
            try:
                self._files.load_bytecode(bucket)
            except Exception:  # noqa: BLE001 - a damaged file can raise anything; the template is compiled again
                bucket.reset()
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template. An error of the cache folder costs only time."""
        self._keep(bucket)
        if self._files:
            with suppress(OSError):
                self._files.dump_bytecode(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            while len(self._codes) >= TEMPLATES:
                del self._codes[next(iter(self._codes))]
            self._codes[bucket.key, bucket.checksum] = bucket.code
