"""The door: it answers this machine's own page and nobody else, whatever is asked.

Other pages in the same browser can send requests to 127.0.0.1, and a name that somebody else owns can be made to lead
here. So the Host and the Origin have to be ours, nothing can be changed by a request, and each answer says that it is
for our own page alone.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["BRIEF_POLICY", "Guard"]

#: The page itself takes everything from the server, and has no script or style inside. A frame may call the editor.
POLICY = (
    "default-src 'self'; frame-src 'self' vscode:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
#: A brief has its styles, fonts and pictures inside and runs nothing, whatever a theme's template may have put there.
BRIEF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
METHODS = ("GET", "HEAD")


class Guard:
    """An ASGI application around another one. ``hosts`` are the names, with port, that the page is called by."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts
        self.origins = {f"http://{host}" for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await (self._refusal(scope) or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self.hosts:
            return PlainTextResponse("this is not the host that you mean", 421)
        if headers.get("origin", next(iter(self.origins))) not in self.origins:
            return PlainTextResponse("this is for the preview's own page", 403)
        if headers.get("sec-fetch-site", "none") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse("this is for the preview's own page", 403)
        if scope["method"] not in METHODS:
            return PlainTextResponse("the preview is only looked at", 405, {"Allow": ", ".join(METHODS)})
        return None
