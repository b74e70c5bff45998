"""The preview: a page in the browser, on this machine only, that shows a brief and updates it after each save.

No file is written. ``session`` has the state of each brief that is open in a page. Two workers share the work, so that
the HTML of the next save does not wait for the PDF of the last; a worker that ends is replaced, and reported like any
other problem. ``watch`` watches the folders that a brief is made from, ``sessions`` lists the briefs and notifies the
open pages.

``routes`` answers requests, and ``access`` controls access: this machine only, our own Host and Origin, GET and HEAD, a
strict content security policy. Names of briefs are looked up in a table, so that no address becomes the path of a file.
The brief is shown in a frame in which no script runs. ``static`` is the page itself, without a framework; it gets its
state by server-sent events.
"""

from __future__ import annotations

from .server import serve
from .session import BriefEntry

__all__ = ["BriefEntry", "serve"]
