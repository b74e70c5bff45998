"""The content file attached to its PDF, as an associated file (ISO 19005-3, 6.8) with the relationship "Source".

It has its name without a folder, and the day of issue as its dates, so that it reveals nothing about the machine.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from briefing.galley import Galley

#: The media type of YAML (RFC 9512), as a PDF name writes it.
MEDIA_TYPE = "/application#2fyaml"


def attach(galley: Galley) -> list[Any]:
    """The galley's source as a list of WeasyPrint attachments; empty if it has none."""
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
    """Set the attached file's media type, which WeasyPrint takes from the machine, and list the file only once."""
    for found in pdf.objects:
        extra = getattr(found, "extra", {})
        if extra.get("Type") == "/EmbeddedFile":
            extra["Subtype"] = MEDIA_TYPE
    named = list(dict.fromkeys(bytes(reference) for reference in pdf.catalog["AF"]))
    pdf.catalog["AF"][:] = named
