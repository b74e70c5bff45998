"""Load pictures: detect the type by the first bytes, measure, and decode fully, so that broken ones are reported.

A picture that some reader shows otherwise than a browser is stored anew: upright, in sRGB, with 8 bits a channel.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .files import FileRefused, Files
from .metadata import strip_jpeg, strip_png, strip_svg

if TYPE_CHECKING:
    from PIL.Image import Image as PixelImage

#: The largest picture, in bytes and in pixels.
MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
#: The lowest resolution in print, in pixels per inch.
MIN_DPI = 150

#: Pillow's name of each type by the first bytes.
_RASTERS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "WEBP"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "AVIF"),
)
_OTHER_TYPES = {
    b"BM": "a BMP",
    b"II*\x00": "a TIFF",
    b"MM\x00*": "a TIFF",
    b"%PDF": "a PDF",
    b"\x00\x00\x01\x00": "an icon",
    b"\x1f\x8b": "a compressed",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A loaded and validated picture; ``width`` and ``height`` are its natural size in CSS px.

    ``remark`` says what the program has left out; empty if nothing. ``undrawn`` names
    what the PDF engine cannot draw in an SVG, which becomes pixels then; ``words`` are the words in an SVG.
    """

    name: str
    data: bytes
    media_type: str
    width: float
    height: float
    remark: str = ""
    undrawn: str = ""
    words: str = ""

    @property
    def widest(self) -> float:
        """The greatest width in print, in mm: a picture of pixels has ``MIN_DPI`` or more."""
        return float("inf") if self.media_type == "image/svg+xml" else self.width * 25.4 / MIN_DPI


def load_picture(name: str, files: Files) -> Picture:
    """The picture with this name in the brief. Raises FileRefused."""
    data = files.read(name, MAX_BYTES)
    for magic, kind in _RASTERS:
        if magic.match(data):
            return _raster(name, data, kind)
    return _drawing(name, data)


def _drawing(name: str, data: bytes) -> Picture:
    if not data.strip():
        raise FileRefused("picture", f"'{name}' is empty", "save the picture again")
    kind = next((kind for magic, kind in _OTHER_TYPES.items() if data.startswith(magic)), None)
    if kind is not None:
        raise FileRefused("picture", f"'{name}' is {kind} file", "save it as SVG, PNG or JPEG")
    from .svg import measure

    width, height, undrawn, words = measure(name, data)
    return Picture(name, strip_svg(data), "image/svg+xml", width, height, undrawn=undrawn, words=words)


def _raster(name: str, data: bytes, kind: str) -> Picture:
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
                moves = getattr(image, "n_frames", 1) > 1 and kind != "JPEG"  # a JPEG may hold previews of itself
                image.load()
                plain = _plain(image, deep=kind == "PNG" and data[24] == 16)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            message = f"'{name}' is broken: it cannot be read to its end"
            raise FileRefused("picture", message, "export or copy the picture again") from error
        except Image.DecompressionBombError as error:
            raise FileRefused("picture", f"'{name}' has too many pixels", "save it smaller") from error
    if width < 1 or height < 1:
        raise FileRefused("picture", f"'{name}' has no size", "export the picture again")
    if plain is image and kind in {"PNG", "JPEG"}:
        stored, kind = (strip_png(data), "PNG") if kind == "PNG" else (strip_jpeg(data), "JPEG")
    else:
        # Photographs as JPEG; drawings, with few colours, and what is transparent as PNG, which loses nothing.
        photo = plain.mode in {"L", "RGB"} and kind not in {"PNG", "GIF"}
        photo = photo and (kind == "JPEG" or plain.getcolors(4096) is None)
        stored, kind = _encoded(plain, photo=photo), "JPEG" if photo else "PNG"
    width, height = plain.size
    remark = f"'{name}' moves; its first frame is shown" if moves else ""
    return Picture(name, stored, f"image/{kind.lower()}", float(width), float(height), remark)


def _plain(image: PixelImage, *, deep: bool) -> PixelImage:
    """The picture upright, in sRGB, with 8 bits a channel; the same object if it is so already. ``deep``: 16 bits."""
    import io

    from PIL import ImageCms, ImageOps

    plain = image
    if deep or image.mode.startswith(("I", "F")):
        hidden = image.info.get("transparency")
        if image.mode.startswith("I"):
            wide = image.convert("I")
            plain = wide.point([value // 256 for value in range(65536)], "L")
            if isinstance(hidden, int):
                plain.putalpha(wide.point([255 * (value != hidden) for value in range(65536)], "L"))
        elif isinstance(hidden, tuple):
            plain = image.copy()
            plain.info["transparency"] = tuple(value // 256 for value in hidden)
            plain = plain.convert("RGBA")
        else:
            plain = image.copy()
    if image.getexif().get(0x0112, 1) in range(2, 9):
        plain = ImageOps.exif_transpose(plain if plain is image else _with_exif(plain, image))
    profile = image.info.get("icc_profile")
    if profile and plain.mode in {"CMYK", "RGB", "RGBA", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(source).casefold():
                mode = "RGBA" if plain.mode == "RGBA" else "RGB"
                changed = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode=mode)
                plain = changed or plain
        except (ImageCms.PyCMSError, OSError):  # a damaged profile, or one for other channels, which browsers ignore
            pass
    if plain.mode not in {"1", "L", "LA", "P", "RGB", "RGBA"}:
        plain = plain.convert("RGBA" if "A" in plain.mode or "a" in plain.mode else "RGB")
    return plain


def _with_exif(plain: PixelImage, image: PixelImage) -> PixelImage:
    plain.info["exif"] = image.getexif().tobytes()
    return plain


def _encoded(image: PixelImage, *, photo: bool) -> bytes:
    import io

    out, clean = io.BytesIO(), image.copy()
    hidden = image.info.get("transparency")
    clean.info = {} if hidden is None or image.mode not in {"P", "L", "RGB", "1"} else {"transparency": hidden}
    if photo:
        clean.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    else:
        clean.save(out, "PNG")
    return out.getvalue()
