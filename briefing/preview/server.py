"""Run the server of the preview on a port of this machine until Ctrl-C."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from briefing.diagnostics import Diagnostic, MachineError, SetupError
from briefing.workers.pool import Limits

from .routes import make_app
from .session import BriefEntry, Workers
from .sessions import Sessions
from .watch import watch

HOST = "127.0.0.1"
#: The default port. It is always the same, so that a page that is still open connects again.
USUAL = 8437


def serve(
    briefs: Callable[[], Sequence[BriefEntry]],
    project: Path,
    port: int | None,
    ready: Callable[[str], None],
    limits: Limits | None = None,
) -> None:
    """Serve the preview until the process receives a signal to end; ``ready`` is called with the address.

    ``briefs`` returns the present briefs; the first one is shown first. Without a ``port``, :data:`USUAL` or a free one
    is used. Raises :class:`SetupError` if the port cannot be used, and :class:`MachineError` if watching files fails.
    """
    with _listening(port) as listening:
        port = listening.getsockname()[1]
        workers = Workers(limits)
        try:
            sessions = Sessions(briefs, project, workers)
            app = make_app(sessions, frozenset({f"{HOST}:{port}", f"localhost:{port}"}))
            ready(f"http://{HOST}:{port}/")
            asyncio.run(_serve(sessions, app, listening))
        finally:
            workers.stop()


class _Server(uvicorn.Server):
    """Ends the event streams first when it receives a signal to end: it would wait for them."""

    def __init__(self, config: uvicorn.Config, sessions: Sessions) -> None:
        super().__init__(config)
        self.sessions = sessions
        self.loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Handle SIGINT or SIGTERM."""
        self.loop.call_soon_threadsafe(self.end)
        super().handle_exit(sig, frame)

    def end(self) -> None:
        """End the event streams and stop the server."""
        self.sessions.close()
        self.should_exit = True


async def _serve(sessions: Sessions, app: ASGIApp, listening: socket.socket) -> None:
    quiet: dict[str, Any] = {"log_config": None, "log_level": "critical", "access_log": False, "server_header": False}
    config = uvicorn.Config(app, lifespan="off", ws="none", proxy_headers=False, timeout_graceful_shutdown=1, **quiet)
    server = _Server(config, sessions)
    watching = asyncio.create_task(watch(sessions.project, sessions.contents, sessions.changed))
    watching.add_done_callback(lambda _: server.end())
    try:
        await server.serve(sockets=[listening])
    finally:
        failed = watching.exception() if watching.done() else None
        watching.cancel()
        await asyncio.wait({watching})
    if failed is not None:
        help_ = "set WATCHFILES_FORCE_POLLING=1, or let the system watch more files"
        raise MachineError(Diagnostic("cannot-watch", f"the files cannot be watched: {failed}", help=help_))


def _listening(port: int | None) -> socket.socket:
    try:
        return socket.create_server((HOST, USUAL if port is None else port))
    except OSError as refusal:
        if port is None:
            return socket.create_server((HOST, 0))
        taken = refusal.errno == errno.EADDRINUSE
        why = "is in use by another program" if taken else f"cannot be had: {refusal.strerror or refusal}"
        help_ = "leave --port out, and a free one is found"
        raise SetupError(Diagnostic("port-taken", f"port {port} {why}", help=help_)) from None
