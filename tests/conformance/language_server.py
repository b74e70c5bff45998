"""A small client of the Language Server Protocol, which makes the requests of an editor.

It starts a language server, opens a text, and requests diagnostics, completions and hover texts, as VS Code does.
Messages are JSON-RPC with a header, over the server's stdin and stdout.
"""

from __future__ import annotations

import itertools
import json
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

#: Seconds to wait for a message: longer than any answer takes, so that a server that hangs is reported.
PATIENCE = 60

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RedLine:
    """An underlined error; lines and columns count from 1, as editors show them."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion."""

    label: str
    inserts: str
    told: str


@dataclass(frozen=True, slots=True)
class Document:
    """An open text, with the server's first diagnostics."""

    uri: str
    text: str
    red_lines: tuple[RedLine, ...]


class Editor:
    """A client that is connected to a language server."""

    def __init__(self, server: subprocess.Popen[bytes], folder: Path, settings: Json) -> None:
        if server.stdin is None or server.stdout is None:
            raise ValueError("the server must be started with pipes")
        self.folder, self.settings = folder, settings
        self._to, self._from = server.stdin, server.stdout
        self._numbers = itertools.count(1)
        self._heard: queue.Queue[Json | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._greet()

    def open(self, text: str, folder: str) -> Document:
        """Open a text as a new file in a folder, and wait until the server has checked it."""
        uri = (self.folder / folder / f"{next(self._numbers)}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        found = self._until(
            lambda said: said.get("method") == "textDocument/publishDiagnostics" and said["params"]["uri"] == uri
        )
        return Document(uri, text, tuple(_red_line(each) for each in found["params"]["diagnostics"]))

    def offers(self, document: Document, line: int, column: int) -> tuple[Offer, ...]:
        """The completions at a position."""
        answer = self._ask("textDocument/completion", _place(document, line, column))
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return tuple(Offer(item["label"], _inserted(item), _words(item.get("documentation"))) for item in items)

    def hover(self, document: Document, line: int, column: int) -> str:
        """The hover text at a position."""
        answer = self._ask("textDocument/hover", _place(document, line, column))
        return _words(answer["contents"]) if answer else ""

    def _greet(self) -> None:
        root = self.folder.as_uri()
        text_document: Json = {
            "completion": {
                "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "publishDiagnostics": {},
        }
        capabilities = {"workspace": {"configuration": True, "workspaceFolders": True}, "textDocument": text_document}
        folders = [{"uri": root, "name": self.folder.name}]
        hello = {"processId": None, "rootUri": root, "capabilities": capabilities, "workspaceFolders": folders}
        self._ask("initialize", hello)
        self._tell("initialized", {})
        # A text that is opened before the server has the settings is checked without them.
        self._until(lambda said: said.get("method") == "workspace/configuration")

    def _ask(self, method: str, params: Json) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        answer = self._until(lambda said: "method" not in said and said.get("id") == number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _tell(self, method: str, params: Json) -> None:
        self._send({"method": method, "params": params})

    def _until(self, wanted: Callable[[Json], bool]) -> Json:
        """Wait for a message for which ``wanted`` is true; answer requests of the server in the meantime."""
        while True:
            try:
                said = self._heard.get(timeout=PATIENCE)
            except queue.Empty:
                raise TimeoutError(f"the language server has been silent for {PATIENCE} seconds") from None
            if said is None:
                raise EOFError("the language server has ended")
            if "method" in said and "id" in said:
                self._send({"id": said["id"], "result": self._answer(said)})
            if wanted(said):
                return said

    def _answer(self, asked: Json) -> Any:
        if asked["method"] != "workspace/configuration":
            return None
        return [self.settings.get(item["section"], {}) for item in asked["params"]["items"]]

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._to.flush()

    def _listen(self) -> None:
        for message in _messages(self._from):
            self._heard.put(message)
        self._heard.put(None)


@contextmanager
def editor(
    command: Sequence[str | Path], folder: Path, settings: Json, *, log: IO[bytes] | None = None
) -> Iterator[Editor]:
    """A client with an open folder and its own language server, whose stderr goes into the log."""
    server = subprocess.Popen(
        [*map(str, command)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=folder
    )
    try:
        yield Editor(server, folder, settings)
    finally:
        server.kill()
        server.communicate()


def _messages(stream: IO[bytes]) -> Iterator[Json]:
    while header := stream.readline():
        length = 0
        while header.strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            header = stream.readline()
        body = stream.read(length)
        if len(body) < length:
            return  # the server was killed in the middle of a message
        yield json.loads(body)


def _place(document: Document, line: int, column: int) -> Json:
    return {"textDocument": {"uri": document.uri}, "position": {"line": line - 1, "character": column - 1}}


def _red_line(diagnostic: Json) -> RedLine:
    start = diagnostic["range"]["start"]
    return RedLine(start["line"] + 1, start["character"] + 1, diagnostic["message"])


def _inserted(item: Json) -> str:
    edit: Json = item.get("textEdit") or {}
    return str(edit.get("newText") or item.get("insertText") or item["label"])


def _words(content: Any) -> str:
    if isinstance(content, dict):
        return str(content["value"])
    return str(content or "")
