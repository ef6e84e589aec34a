"""A folder over HTTP, for the browser of this machine and for nobody else."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
_NAMES = (HOST, "localhost")


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of ``folder`` on the loopback address. Port 0 takes a free one. Raises ``OSError`` where the port is taken."""
    return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))


class _Handler(SimpleHTTPRequestHandler):
    """Files alone: no hidden ones, no lists of folders, and nothing to a page of another host (DNS rebinding)."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".md": "text/markdown; charset=utf-8", ".yaml": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8"}

    def send_head(self) -> Any:
        """The head of the answer, and the file to send with it, if any."""
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in _NAMES:
            self.send_error(HTTPStatus.FORBIDDEN, "for this machine alone")
            return None
        if any(part.startswith(".") for part in PurePosixPath(unquote(urlsplit(self.path).path)).parts):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        """No list."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """What holds for every answer: it is what it says, and is asked for anew each time."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
