"""Load pictures: detect the type by the first bytes, measure, and decode fully, so that broken ones are reported."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

from .files import FileRefused, Files
from .metadata import strip_jpeg, strip_png, strip_svg

#: The largest picture, in bytes and in pixels.
MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_OTHER_TYPES = {
    b"GIF8": "a GIF",
    b"RIFF": "a WebP",
    b"BM": "a BMP",
    b"II*\x00": "a TIFF",
    b"MM\x00*": "a TIFF",
    b"%PDF": "a PDF",
    b"\x00\x00\x01\x00": "an icon",
    b"\x1f\x8b": "a compressed",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A loaded and validated picture; ``width`` and ``height`` are its natural size in CSS px."""

    name: str
    data: bytes
    media_type: str
    width: float
    height: float


def load_picture(name: str, files: Files) -> Picture:
    """The picture with this name in the brief. Raises FileRefused."""
    data = files.read(name, MAX_BYTES)
    if data.startswith(_PNG):
        return _raster(name, data, "image/png", "PNG")
    if data.startswith(_JPEG):
        return _raster(name, data, "image/jpeg", "JPEG")
    return _drawing(name, data)


def _drawing(name: str, data: bytes) -> Picture:
    if not data.strip():
        raise FileRefused("picture", f"'{name}' is empty", "save the picture again")
    kind = next((kind for magic, kind in _OTHER_TYPES.items() if data.startswith(magic)), None)
    if kind is not None:
        raise FileRefused("picture", f"'{name}' is {kind} file", "save it as SVG, PNG or JPEG")
    from .svg import measure

    width, height = measure(name, data)
    return Picture(name, strip_svg(data), "image/svg+xml", width, height)


def _raster(name: str, data: bytes, media_type: str, kind: str) -> Picture:
    """Decode a picture fully. Its natural size is one CSS px per pixel. Raises FileRefused if it is invalid."""
    import io

    from PIL import Image, ImageFile, UnidentifiedImageError

    # The import of WeasyPrint sets this to True for the whole process, and truncated pictures would pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # our own limit is lower, and its message says what to do
        try:
            with Image.open(io.BytesIO(data), formats=[kind]) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    size, limit = width * height / 1e6, MAX_PIXELS // 1_000_000
                    advice = "save it smaller: 3,000 pixels across are enough for a page"
                    raise FileRefused("picture", f"'{name}' has {size:.0f} megapixels; {limit} are the most", advice)
                image.load()
                orientation = image.getexif().get(0x0112, 1)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            message = f"'{name}' is broken: it cannot be read to its end"
            raise FileRefused("picture", message, "export or copy the picture again") from error
        except Image.DecompressionBombError as error:
            raise FileRefused("picture", f"'{name}' has too many pixels", "save it smaller") from error
    if width < 1 or height < 1:
        raise FileRefused("picture", f"'{name}' has no size", "export the picture again")
    stripped = strip_png(data) if kind == "PNG" else strip_jpeg(data, orientation)
    return Picture(name, stripped, media_type, float(width), float(height))
