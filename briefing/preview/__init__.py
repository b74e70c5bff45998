"""The preview: a page on this machine alone that shows a brief as it will be, live, while somebody writes it.

Files are watched (``watch.py``), the brief is made anew in a child process (``desk.py``), and the page is told
(``app.py``). Nothing is written, and nobody else can read along (``guard.py``).
"""

from __future__ import annotations

from .desk import Listed
from .server import serve

__all__ = ["Listed", "serve"]
