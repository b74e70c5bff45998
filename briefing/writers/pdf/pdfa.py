"""One file that is archival and accessible: PDF/A-2a and PDF/UA-1 at once; PDF/A-3a where it holds the content file.

WeasyPrint writes the metadata of one standard. To those of PDF/A this module adds the identification of PDF/UA-1, and
the description of that schema, which PDF/A requires (ISO 19005-2, 6.6.2.3), in the one ``rdf:RDF`` that readers use.

The content file is attached as an associated file (ISO 19005-3, 6.8) with the relationship "Source". It has its name
without a folder, and the day of issue as its dates, so that it reveals nothing about the machine.
"""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import files
from io import BytesIO
from typing import Any

from briefing.galley import Galley

from .objects import resolve

#: PDF/A does not allow image interpolation (ISO 19005-2, 6.2.8).
PDFA_CSS = "img{image-rendering:crisp-edges}\n"

#: The variants by WeasyPrint's names; PDF/UA-1 is added. Only part 3 allows attached files of any kind.
VARIANT, VARIANT_WITH_SOURCE = "pdf/a-2a", "pdf/a-3a"
#: The producer in the metadata; WeasyPrint would write its own name and version, which reveal the set-up.
PRODUCER = "briefing"
#: The output intent: any name but "srgb", for which WeasyPrint would open its own profile.
INTENT = "given"
#: The media type of YAML (RFC 9512), as a PDF name writes it.
MEDIA_TYPE = "/application#2fyaml"

IDENTIFICATION = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def pdf_options(galley: Galley) -> dict[str, Any]:
    """The options of WeasyPrint with which a document is written as PDF/A, with the content file if there is one."""
    options = {"pdf_variant": VARIANT, "pdf_tags": True, "output_intent": INTENT}
    if not galley.source:
        return options
    from weasyprint import Attachment

    day = dt.datetime.fromisoformat(f"{galley.properties.issued}T00:00:00+00:00")
    attachment = Attachment(
        string=galley.source,
        name=f"{galley.name}.yaml",
        description=galley.labels["content_file"],
        created=day,
        modified=day,
        relationship="Source",
    )
    return options | {"pdf_variant": VARIANT_WITH_SOURCE, "attachments": [attachment]}


def set_colour_profile(document: Any) -> None:
    """Set the colour profile that PDF/A requires; WeasyPrint would open its file and never close it."""
    from weasyprint.css import ColorProfile

    profile = BytesIO((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())
    document.color_profiles["srgb"] = ColorProfile(
        profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"])
    )


def complete_metadata(pdf: Any) -> None:
    """Add PDF/UA-1 to the metadata of a PDF that is about to be written, and set its producer."""
    import pydyf

    # The producers in the metadata and in the document information must be equal (ISO 19005-2, 6.6.3).
    pdf.info["Producer"] = pydyf.String(PRODUCER)
    metadata = resolve(pdf, pdf.catalog["Metadata"])
    xmp = re.sub(rb'(:Producer=)"[^"]*"', rb'\1"' + PRODUCER.encode() + b'"', b"\n".join(metadata.stream))
    head, end, tail = xmp.rpartition(b"</rdf:RDF>")
    metadata.stream = [head + IDENTIFICATION + end + tail]


def correct_attachment(pdf: Any) -> None:
    """Set the attached file's media type, which WeasyPrint takes from the machine, and list the file only once."""
    for each in pdf.objects:
        extra = getattr(each, "extra", {})
        if extra.get("Type") == "/EmbeddedFile":
            extra["Subtype"] = MEDIA_TYPE
    pdf.catalog["AF"][:] = list(dict.fromkeys(bytes(reference) for reference in pdf.catalog["AF"]))
