"""Access control: loopback only, own Host and Origin, GET and HEAD.

Other pages in the same browser can send requests to 127.0.0.1, and a foreign domain name can resolve to it (DNS
rebinding). Therefore Host and Origin must be the server's own, requests change nothing, and each answer has headers
that keep other origins from using it.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The page loads everything from this server, without inline scripts or styles. A frame may open the editor.
POLICY = (
    "default-src 'self'; frame-src 'self' vscode:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
#: A brief has inline styles, and fonts and pictures as data. It runs no scripts, not even those of a theme's template.
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
    """ASGI middleware that refuses foreign requests. ``hosts`` are the server's own names, with port."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts
        self.origins = {f"http://{host}" for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it with status 421, 403 or 405; other protocols get no answer."""
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
        is_cross_site = headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate"
        if is_cross_site or headers.get("origin", next(iter(self.origins))) not in self.origins:
            return PlainTextResponse("this is for the preview's own page", 403)
        if scope["method"] not in METHODS:
            return PlainTextResponse("the preview is only looked at", 405, {"Allow": ", ".join(METHODS)})
        return None
