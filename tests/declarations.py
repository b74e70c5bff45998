"""Makes ``briefing/writers/pdf/declarations.py`` anew, which is needed when WeasyPrint declares other functions.

    python tests/declarations.py

Until then the program parses the declarations itself, as WeasyPrint does, and a test says so.
"""

import hashlib
import re
import sys
import tempfile
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "briefing/writers/pdf/declarations.py"
HEAD = '''\
"""The functions of Pango and the libraries beside it, as WeasyPrint declares them; parsed by cffi, so that it need not be.

Made by ``tests/declarations.py``. Nothing in here is written by hand.
"""
# mypy: ignore-errors

MADE_FROM = "{digest}"

'''


def made() -> str:
    """The module for the WeasyPrint that is installed."""
    import cffi

    class Listening(cffi.FFI):
        def cdef(self, text: str) -> None:
            told.append(text)
            super().cdef(text)

    told: list[str] = []
    usual, cffi.FFI = cffi.FFI, Listening
    try:
        for name in [name for name in sys.modules if name.startswith("weasyprint")]:
            del sys.modules[name]
        import weasyprint.text.ffi  # noqa: F401
    finally:
        cffi.FFI = usual
    ffi = usual()
    ffi.cdef("".join(told))
    ffi.set_source("declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "declarations.py")
        ffi.emit_python_code(str(file))
        code = re.sub(r"^#.*\n", "", file.read_text("utf-8"))
    return HEAD.format(digest=hashlib.sha256("".join(told).encode()).hexdigest()) + code


if __name__ == "__main__":
    text = made()
    FILE.write_text(text, "utf-8")
