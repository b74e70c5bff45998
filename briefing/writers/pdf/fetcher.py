"""The one door through which WeasyPrint gets anything: it knows what the press put there, and no address or file."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

__all__ = ["make_fetcher"]


def make_fetcher(stored: Mapping[str, tuple[bytes, str]]) -> Any:
    """A fetcher that answers the stored addresses (``font:0``: bytes and media type) and refuses all others."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Stored(URLFetcherResponse):  # type: ignore[misc]
        """What the press has put there, with its media type."""

        content_type, charset = "", None

        def __init__(self, url: str, data: bytes, media_type: str) -> None:  # the library's own writes a letter's head
            self.url, self.status, self.content_type = url, 200, media_type
            self._file_obj = BytesIO(data)

    class StoredOnly(URLFetcher):  # type: ignore[misc]
        """Neither opens a connection nor reads a file, whatever a page, a stylesheet or a drawing asks for."""

        def __init__(self) -> None:  # the library's own would make an opener for each kind of address
            self._fail_on_errors = False

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002
            if url not in stored:
                raise ValueError("a brief takes nothing from addresses or files")
            return Stored(url, *stored[url])

        def open(self, url: Any, data: Any = None, timeout: Any = None) -> Any:  # noqa: ARG002
            return self.fetch(url if isinstance(url, str) else url.full_url)

    return StoredOnly()
