"""The content file inside its PDF: an associated file (ISO 19005-3, 6.8), the source of what is on the pages.

It goes by its name alone, without a folder, and its dates are the day of issue: nothing tells of the machine.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from briefing.galley import Galley

__all__ = ["attach", "mend_attachment"]

#: The media type of YAML (RFC 9512), as a PDF name writes it.
MEDIA_TYPE = "/application#2fyaml"


def attach(galley: Galley) -> list[Any]:
    """The galley's source as the library takes it; an empty list where there is none."""
    if not galley.source:
        return []
    from weasyprint import Attachment

    day = dt.datetime.fromisoformat(f"{galley.properties.issued}T00:00:00+00:00")
    return [
        Attachment(
            string=galley.source,
            name=f"{galley.name}.yaml",
            description=galley.labels["content_file"],
            created=day,
            modified=day,
            relationship="Source",
        )
    ]


def mend_attachment(pdf: Any) -> None:
    """Give the attached file its media type, whatever the machine takes ``.yaml`` for, and name it once, not twice."""
    for found in pdf.objects:
        extra = getattr(found, "extra", {})
        if extra.get("Type") == "/EmbeddedFile":
            extra["Subtype"] = MEDIA_TYPE
    named = list(dict.fromkeys(bytes(reference) for reference in pdf.catalog["AF"]))
    pdf.catalog["AF"][:] = named
