"""A quicker start of WeasyPrint on Linux, without changing it.

While it is imported, the library asks ``ctypes.util.find_library`` for names that Linux does not use ("pango-1.0-0")
before it tries those that it does ("libpango-1.0.so.0"). Each such question starts ldconfig, gcc and ld: about fifty
processes, a fifth of the time of a whole brief. Here they are answered with "not found", which is what those programs
would say; should the import fail for it, it is done again with the questions put as before.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

__all__ = ["import_weasyprint"]


def import_weasyprint() -> ModuleType:
    """Import WeasyPrint. Raises OSError when a library that it needs is not on the machine."""
    if sys.platform == "linux" and "weasyprint" not in sys.modules:
        try:
            with _no_searching():
                import weasyprint
        except OSError:
            for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
                del sys.modules[name]
    import weasyprint

    return sys.modules[weasyprint.__name__]


@contextmanager
def _no_searching() -> Iterator[None]:
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005 - the same answer for every name
    try:
        yield
    finally:
        ctypes.util.find_library = search
