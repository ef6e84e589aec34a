"""A raw file, text or PDF, becomes a Document. What the bytes are decides how they are read, not the file's name."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pipeline.document import Document, Source
from pipeline.errors import InputError
from pipeline.read.text import decode

_HEADER_WITHIN = 1024  # bytes in which readers look for %PDF- (ISO 32000-1, annex H.3, note 13)


def read(path: str | Path, name: str | None = None) -> Document:
    """The Document of the file at ``path``; ``name`` is what it is to be called, by default the file's name without its ending.

    >>> from pipeline import read
    >>> document = read("raw/2023-offshore-wind-safety.txt")
    >>> document.name, document.source.format, document.source.encoding
    ('2023-offshore-wind-safety', 'text', 'cp950')
    >>> document.text == document.raw
    True

    PDFium does its work in this process; for files that might bring it down see :mod:`pipeline.read.apart`.

    Raises :class:`InputError` for a file that cannot be read, is empty, or holds no text.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from None
    return read_bytes(data, str(path), name)


def read_bytes(data: bytes, file: str, name: str | None = None) -> Document:
    """The Document of the bytes of ``file``, whose name appears in messages and in ``source.file``."""
    name = name or Path(file).stem
    digest = sha256(data).hexdigest()
    if is_pdf(data):
        from pipeline.read.pdf import read_pdf

        return read_pdf(data, name, Source(file, "pdf", "", digest))
    text, encoding = decode(data, file)
    if not text.strip():
        raise InputError(file, "has no text")
    return Document.of(text, name, Source(file, "text", encoding, digest))


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` begins as a PDF does. A text that quotes %PDF- in its first lines is none: a PDF has binary data."""
    at = data.find(b"%PDF-", 0, _HEADER_WITHIN)
    return at == 0 or (at > 0 and b"\0" not in data[:at] and b"endobj" in data)
