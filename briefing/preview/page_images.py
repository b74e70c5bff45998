"""Pages of the PDF as pictures, drawn by PDFium: the browser shows the layout of the PDF itself."""

from __future__ import annotations

from io import BytesIO

#: The widest picture of a page, in pixels; an A4 page at 300 dpi has 2480.
WIDEST = 3000


def picture(pdf: bytes, page: int, width: int) -> bytes:
    """A page of a PDF, counted from 1, as a PNG ``width`` pixels wide, at most :data:`WIDEST`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page - 1]
        bitmap = sheet.render(scale=min(width, WIDEST) / sheet.get_width(), rev_byteorder=True)
        buffer = BytesIO()
        # The picture goes to the browser on this machine only: speed matters more than size.
        bitmap.to_pil().save(buffer, "PNG", compress_level=1)
        bitmap.close()
        sheet.close()
        return buffer.getvalue()
    finally:
        document.close()
