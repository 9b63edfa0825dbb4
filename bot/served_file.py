"""A file for browsers, in memory: the widget's and the desk's are few and small."""

from __future__ import annotations

import gzip
import hashlib

from sanic import HTTPResponse, Request, response


class ServedFile:
    """A file as it is and compressed, with a tag by which a browser knows whether what it has is still it."""

    def __init__(self, content: bytes, content_type: str) -> None:
        self._content = content
        self._compressed = gzip.compress(content, mtime=0)
        self._content_type = content_type
        # Weak: the same tag is given for both forms.
        tag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
        self._headers = {
            "Cache-Control": "no-cache",
            "ETag": tag,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }

    def answer(self, request: Request) -> HTTPResponse:
        """The file, or that it has not changed."""
        if request.headers.get("if-none-match") == self._headers["ETag"]:
            return response.empty(304, self._headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return response.raw(self._content, content_type=self._content_type, headers=self._headers)
        headers = {**self._headers, "Content-Encoding": "gzip"}
        return response.raw(self._compressed, content_type=self._content_type, headers=headers)
