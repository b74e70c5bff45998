"""Templates as they were compiled, kept for the next brief: in the process, and the program's own on the disk.

To compile the program's templates takes longer than to read a brief and set it. Python keeps our modules compiled, in
``__pycache__``. The templates that come with the program are kept there too, under the same conditions and as safe as
they are: whoever can write there can change the program. A project's own templates are kept in the process alone.
"""

from __future__ import annotations

import contextlib
import marshal
import sys
from collections.abc import Iterable
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket, bc_magic

__all__ = ["Compiled"]

#: So many compiled templates are kept; a theme has about thirty.
TEMPLATES = 200


class Compiled(BytecodeCache):
    """Compiled templates by name and text, as Jinja asks for them.

    ``source`` is a module; some templates are kept beside what Python keeps of it. ``way`` stands for how they are
    compiled: what was compiled in another way is not taken.
    """

    def __init__(self, source: Path, way: str) -> None:
        self._file = Path(cache_from_source(str(source))).with_suffix(".jinja")
        self._head = bc_magic + f"{jinja2.__version__} {way}\n".encode()
        self._codes = self._read()
        self._on_disk = frozenset(self._codes)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if it is known."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template."""
        if bucket.code is not None:
            while len(self._codes) >= TEMPLATES:
                del self._codes[next(iter(self._codes))]
            self._codes[bucket.key, bucket.checksum] = bucket.code

    def keep(self, texts: Iterable[str]) -> None:
        """Keep on the disk those with these texts, unless they are there already or Python is to write nothing."""
        if sys.dont_write_bytecode or self._on_disk >= self._codes.keys():
            return
        known = {self.get_source_checksum(text) for text in texts}
        kept = {key: code for key, code in self._codes.items() if key[1] in known}
        if not self._on_disk >= kept.keys():
            self._on_disk = frozenset(kept)
            with contextlib.suppress(OSError):
                self._write(kept)

    def _read(self) -> dict[tuple[str, str], CodeType]:
        try:
            data = self._file.read_bytes()
            return dict(marshal.loads(data[len(self._head) :])) if data.startswith(self._head) else {}  # noqa: S302 - see above
        except (OSError, ValueError, EOFError, TypeError):
            return {}

    def _write(self, codes: dict[tuple[str, str], CodeType]) -> None:
        import tempfile

        self._file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._file.parent, delete=False) as new:
            new.write(self._head + marshal.dumps(codes))
        Path(new.name).replace(self._file)
