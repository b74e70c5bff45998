"""The routes of the preview. Names in a request are looked up in tables: none becomes part of a file path."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from .access import BRIEF_POLICY, Guard
from .session import PreviewRefused, Session
from .sessions import Sessions

STATIC = Path(__file__).parent / "static"
#: The static files and their media types, by URL path.
OWN = {
    "/": ("preview.html", "text/html"),
    "/preview.css": ("preview.css", "text/css"),
    "/preview.js": ("preview.js", "text/javascript"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def make_app(sessions: Sessions, hosts: frozenset[str]) -> ASGIApp:
    """The ASGI application that serves the sessions, behind the access control of :class:`Guard`."""
    routes = [
        *(Route(address, _static) for address in OWN),
        Route("/events", _events),
        Route("/screen", _screen),
        Route("/sheets", _sheets),
        Route("/page", _page),
        Route("/place", _place),
        Route("/download", _download),
    ]
    app = Starlette(routes=routes)
    app.state.sessions = sessions
    return Guard(app, hosts)


def _session_of(request: Request) -> Session:
    sessions: Sessions = request.app.state.sessions
    session = sessions.find(request.query_params.get("brief", sessions.first))
    if session is None:
        raise HTTPException(404, "there is no such brief")
    return session


async def _static(request: Request) -> Response:
    name, kind = OWN[request.url.path]
    return Response((STATIC / name).read_bytes(), media_type=kind)


async def _events(request: Request) -> Response:
    """Server-sent events: the state of a session now and after each change."""
    sessions: Sessions = request.app.state.sessions
    session = _session_of(request)

    async def lines() -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        async for news in sessions.watch(session):
            yield f"data: {json.dumps(news, ensure_ascii=False)}\n\n"

    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    return StreamingResponse(lines(), media_type="text/event-stream")


async def _screen(request: Request) -> Response:
    """The brief as HTML, for a sandboxed frame without scripts."""
    headers = {"Content-Security-Policy": BRIEF_POLICY}
    return Response(_session_of(request).screen.data, media_type="text/html", headers=headers)


async def _sheets(request: Request) -> Response:
    """The pages as JSON: their sizes, and the boxes of the fields on them."""
    pages = _session_of(request).pages
    return JSONResponse({"state": pages.state, "sheets": [sheet._asdict() for sheet in pages.sheets]})


async def _page(request: Request) -> Response:
    """One page as a PNG picture; 404 if there is none."""
    try:
        data = await _session_of(request).picture(_number(request, "page"), max(50, _number(request, "width")))
    except PreviewRefused as refusal:
        raise HTTPException(404, str(refusal)) from None
    return Response(data, media_type="image/png")


async def _place(request: Request) -> Response:
    """The position of a data-path in the content file, as JSON; 404 if it has none."""
    place = _session_of(request).place(request.query_params.get("pane", ""), request.query_params.get("path", ""))
    if place is None:
        raise HTTPException(404, "nothing in the content file is called so")
    return JSONResponse(place)


async def _download(request: Request) -> Response:
    """An output file, with the name that ``briefing build`` gives it; 409 if it cannot be built."""
    suffix = request.query_params.get("format", "")
    if suffix not in TYPES:
        raise HTTPException(404, "there is no such format")
    try:
        name, data = await _session_of(request).download(suffix)
    except PreviewRefused as refusal:
        raise HTTPException(409, str(refusal)) from None
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}"}
    return Response(data, media_type=TYPES[suffix], headers=headers)


def _number(request: Request, name: str) -> int:
    try:
        return int(request.query_params.get(name, "")[:6])
    except ValueError:
        raise HTTPException(404, f"'{name}' should be a number") from None
