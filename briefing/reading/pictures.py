"""Pictures: magic bytes, size in pixels, fully decoded; SVG without scripts and without references to the outside."""

from __future__ import annotations

from typing import Protocol

from .draft import Picture
from .files import Files, Refusal

__all__ = ["load_picture"]

MAX_BYTES = 20_000_000


class Report(Protocol):
    """Takes a problem of a picture to its place in the brief."""

    def __call__(self, code: str, message: str, *, help: str = "") -> None: ...  # noqa: A002


def load_picture(name: str, files: Files, report: Report) -> Picture | None:
    """A picture by its name in the brief; what is wrong with it goes to ``report``."""
    try:
        data = files.read(name, MAX_BYTES)
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _raster(name, data, "image/png")
        if data.startswith(b"\xff\xd8\xff"):
            return _raster(name, data, "image/jpeg")
        from .svg import measure

        width, height = measure(name, data)
    except Refusal as refusal:
        report(refusal.code, refusal.message, help=refusal.advice)
        return None
    return Picture(name, data, "image/svg+xml", width, height)


def _raster(name: str, data: bytes, media_type: str) -> Picture:
    import io

    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return Picture(name, data, media_type, float(image.width), float(image.height))
