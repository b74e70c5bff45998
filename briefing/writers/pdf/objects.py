"""The objects of a PDF that pydyf is about to write."""

from __future__ import annotations

from typing import Any


def resolve(pdf: Any, reference: Any) -> Any:
    """The object that a reference (``b"7 0 R"``) refers to."""
    return pdf.objects[int(bytes(reference).split()[0])]


def add(pdf: Any, added: Any) -> Any:
    """Add an object to the PDF, and return its reference."""
    pdf.add_object(added)
    return added.reference
