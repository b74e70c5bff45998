"""One file that is archival and accessible: PDF/A-2a and PDF/UA-1 at once; PDF/A-3a where it holds the content file.

WeasyPrint writes the marks of one standard at a time. Its metadata for PDF/A gain what says "PDF/UA-1", and the
description of that schema, which PDF/A asks for (ISO 19005-2, 6.6.2.3), in the one ``rdf:RDF`` that readers look at.
"""

from __future__ import annotations

import re
from importlib.resources import files
from io import BytesIO
from typing import Any

from briefing.galley import Galley

__all__ = ["ARCHIVAL_CSS", "INTENT", "VARIANT", "complete_file", "give_profile", "variant"]

#: PDF/A forbids that a viewer smooths pictures (ISO 19005-2, 6.2.8).
ARCHIVAL_CSS = "img{image-rendering:crisp-edges}\n"

#: What the library is asked for; the marks of PDF/UA-1 are added. Files of any kind may be attached in part 3 alone.
VARIANT, VARIANT_WITH_SOURCE = "pdf/a-2a", "pdf/a-3a"
#: Who made the file, as it says itself. A library and its version are nobody's business, and tell of the machine.
PRODUCER = "briefing"
#: The name of the colour profile that the document is given, which is not the name that the library knows.
INTENT = "given"

MARKS = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
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


def variant(galley: Galley) -> str:
    """The part of PDF/A that the file is written to, by the library's name for it."""
    return VARIANT_WITH_SOURCE if galley.source else VARIANT


def give_profile(document: Any) -> None:
    """Hand the document the colour profile that PDF/A asks for; the library would open its file and never close it."""
    from weasyprint.css import ColorProfile

    profile = BytesIO((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())
    document.color_profiles["srgb"] = ColorProfile(
        profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"])
    )


def complete_file(pdf: Any) -> None:
    """Let a PDF that is about to be written say PDF/UA-1 as well, and name the program as its producer.

    The producer in the metadata has to be the one of the file (ISO 19005-2, 6.6.3).
    """
    import pydyf

    pdf.info["Producer"] = pydyf.String(PRODUCER)
    metadata = pdf.objects[int(bytes(pdf.catalog["Metadata"]).split()[0])]
    said = re.sub(rb'(:Producer=)"[^"]*"', rb'\1"' + PRODUCER.encode() + b'"', b"\n".join(metadata.stream))
    head, end, tail = said.rpartition(b"</rdf:RDF>")
    metadata.stream = [head + MARKS + end + tail]
