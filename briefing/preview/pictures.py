"""Pages as pictures: what the browser shows is the PDF itself, drawn by PDFium, and no second layout of it."""

from __future__ import annotations

from io import BytesIO

__all__ = ["WIDEST", "picture"]

#: The widest picture of a page, in pixels; an A4 page at 300 dpi has 2480.
WIDEST = 3000


def picture(pdf: bytes, page: int, width: int) -> bytes:
    """A page of a PDF, counted from 1, as a PNG so many pixels wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page - 1]
        bitmap = sheet.render(scale=min(width, WIDEST) / sheet.get_width(), rev_byteorder=True)
        stored = BytesIO()
        # The picture goes no further than the next window, so it is packed quickly rather than well.
        bitmap.to_pil().save(stored, "PNG", compress_level=1)
        bitmap.close()
        sheet.close()
        return stored.getvalue()
    finally:
        document.close()
