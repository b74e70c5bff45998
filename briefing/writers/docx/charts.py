"""Charts that Word draws, each with an embedded workbook in which its numbers can be edited."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from briefing.charts import Numbers

from .ooxml.chart import chart_space, number_format
from .ooxml.drawing import chart
from .ooxml.elements import XmlElement
from .ooxml.parts import new_part

if TYPE_CHECKING:
    from docx.opc.part import Part


class Charts:
    """The charts of one document. ``issued`` (YYYY-MM-DD) is the only date in a workbook."""

    def __init__(self, document: Part, issued: str, language: str, size: float) -> None:
        self._document, self._issued, self._language, self._size = document, issued, language, size
        self._count = 0

    def draw(self, numbers: Numbers, alt: str, identity: int, size: tuple[int, int]) -> XmlElement:
        """A run with a chart; ``size`` is its width and height in EMU, ``identity`` its number among the drawings."""
        self._count += 1
        package = self._document.package
        place = f"word/embeddings/Microsoft_Excel_Sheet{self._count}.xlsx"
        workbook = new_part(package, place, CT.SML_SHEET, self._workbook(numbers))
        # The workbook is the chart's only relationship, so its id is known.
        space = chart_space(numbers, size=self._size, language=self._language, workbook="rId1")
        part = new_part(package, f"word/charts/chart{self._count}.xml", CT.DML_CHART, space)
        part.relate_to(workbook, RT.PACKAGE)
        relation = self._document.relate_to(part, RT.CHART)
        return chart(identity, f"Chart {self._count}", alt, size, relation)

    def _workbook(self, numbers: Numbers) -> bytes:
        import xlsxwriter

        buffer = io.BytesIO()
        workbook = xlsxwriter.Workbook(
            buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        workbook.set_properties({"created": datetime.fromisoformat(self._issued)})
        sheet = workbook.add_worksheet("Sheet1")
        digits = workbook.add_format({"num_format": number_format(numbers)})
        for row, category in enumerate(numbers.categories, 1):
            sheet.write_string(row, 0, category)
        for column, (name, values) in enumerate(numbers.series, 1):
            sheet.write_string(0, column, name)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, digits)
        sheet.set_column(0, 0, 24)
        workbook.close()
        return buffer.getvalue()
