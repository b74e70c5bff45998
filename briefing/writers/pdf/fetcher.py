"""The only URL fetcher: it serves the brief's own resources and refuses everything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def make_fetcher(stored: Mapping[str, tuple[bytes, str]]) -> Any:
    """A fetcher that serves the stored URLs (``font:0``: bytes and media type) and refuses all others."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StoredOnly(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        """Opens no connection and reads no file, whatever a page, a stylesheet or an SVG refers to."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002 - the library's name
            if url not in stored:
                raise ValueError("a brief takes nothing from addresses or files")
            data, media_type = stored[url]
            return URLFetcherResponse(url, data, {"Content-Type": media_type})

    return StoredOnly(allowed_protocols=())
