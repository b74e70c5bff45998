"""A client of a running preview, for the tests of the server and of the page, and for the benchmark."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.support.project import ROOT

#: The longest time to wait for an answer, in seconds.
PATIENCE = 60


class Preview:
    """`briefing preview` in its own process; `said` is the line that it printed after its start."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "briefing", "preview", "--no-open", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.said = self.process.stdout.readline()
        assert "http://" in self.said, self.process.stderr.read()
        self.port = int(self.said.split("http://127.0.0.1:")[1].split("/")[0])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """The status, headers and body of an answer; the path is sent unchanged."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def get(self, what: str, **query: object) -> bytes:
        """The body of an answer, after asserting status 200."""
        path = f"/{what}?" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
        status, _, body = self.ask(path)
        assert status == 200, f"{path}: {status} {body[:200]!r}"
        return body

    @contextmanager
    def looked_at(self, brief: str) -> Iterator[Looker]:
        """Open the event stream of a brief, as the page does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/events?brief={quote(brief)}")
            yield Looker(connection.getresponse())
        finally:
            connection.close()

    def end(self, by: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Stop the process, by default as Ctrl-C does; returns its exit code and stderr."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


class Looker:
    """Reads the events of one stream."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.answer = answer
        self.news: dict[str, Any] = {}

    def until(self, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The first event for which ``wanted`` is true."""
        while not (self.news and wanted(self.news)):
            line = self.answer.readline()
            assert line, f"the server has stopped talking; the last was {self.news}"
            if line.startswith(b"data: "):
                self.news = json.loads(line.removeprefix(b"data: "))
        return self.news

    def settled(self) -> dict[str, Any]:
        """The first event after which no work is left."""
        return self.until(lambda news: not news["busy"])

    def after(self, change: Callable[[], object]) -> dict[str, Any]:
        """The event after a change has been processed."""
        change()
        self.until(lambda news: news["busy"])
        return self.settled()
