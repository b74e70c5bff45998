"""The one door through which WeasyPrint gets anything: it knows what the press put there, and no address or file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["make_fetcher"]


def make_fetcher(stored: Mapping[str, tuple[bytes, str]]) -> Any:
    """A fetcher that answers the stored addresses (``font:0``: bytes and media type) and refuses all others."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StoredOnly(URLFetcher):  # type: ignore[misc]
        """Neither opens a connection nor reads a file, whatever a page, a stylesheet or a drawing asks for."""

        def __init__(self) -> None:  # the library's own would make an opener for each kind of address
            self._fail_on_errors = False

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002
            if url not in stored:
                raise ValueError("a brief takes nothing from addresses or files")
            data, media_type = stored[url]
            return URLFetcherResponse(url, data, {"Content-Type": media_type})

        def open(self, url: Any, data: Any = None, timeout: Any = None) -> Any:  # noqa: ARG002
            return self.fetch(url if isinstance(url, str) else url.full_url)

    return StoredOnly()
