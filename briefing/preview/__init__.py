"""The preview: a page in the browser, on this machine only, that shows a brief and updates it after each save.

Files are watched (``watch.py``), the brief is rendered in a worker process (``desk.py``), and the page is notified
(``app.py``). No file is written, and only pages of this server can read it (``guard.py``).
"""

from __future__ import annotations

from .desk import Listed
from .server import serve

__all__ = ["Listed", "serve"]
