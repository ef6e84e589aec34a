"""PDFs read in a process of its own: PDFium is C++, and a broken file may bring down the process that reads it."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from contextlib import suppress
from multiprocessing import current_process, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread

from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.read import is_pdf, read_bytes


def read_bytes_apart(data: bytes, file: str, name: str | None = None) -> Document:
    """As :func:`pipeline.read.read_bytes`. PDFs go to a process that reads one after the other, made when the first one comes.
    Where that process dies, ``InputError`` says so, and the next PDF gets another."""
    if not is_pdf(data) or current_process().daemon:  # which may have no children: a cluster's worker, and it is replaced
        return read_bytes(data, file, name)
    with _ONE_AT_A_TIME:
        _READERS[:] = _READERS or [_Reader()]
        try:
            return _READERS[0].read(data, file, name)
        except (EOFError, ConnectionError):
            raise _lost(file, _READERS.pop().end()) from None
        except KeyboardInterrupt:  # its answer is for nobody
            _READERS.pop().end()
            raise


_READERS: list[_Reader] = []  # the one at work, if any
_ONE_AT_A_TIME = Lock()


class _Reader:
    """The process, and the connection to it. It ends when nothing more can come."""

    def __init__(self) -> None:
        context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
        self._connection, other = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(other, self._connection), daemon=True)
        self._process.start()
        other.close()

    def read(self, data: bytes, file: str, name: str | None) -> Document:
        """Raises what reading it raised there, or ``EOFError`` or ``ConnectionError`` where the process died."""
        self._connection.send((data, file, name))
        answer = self._connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return Document.from_json(answer)

    def end(self) -> int:
        """End it; its exit code, which is that of the signal, negative, that it died of."""
        self._connection.close()
        self._process.join(1)
        self._process.kill()  # if it is still at work
        self._process.join()
        return self._process.exitcode or 0


def _serve(connection: Connection, other: Connection) -> None:
    """Answer each PDF with the Document in JSON, or with what was raised."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when it is over
    other.close()
    Thread(target=_end_with_the_parent, daemon=True).start()
    with suppress(EOFError, ConnectionError):  # nobody asks any more
        while True:
            data, file, name = connection.recv()
            connection.send(_answer(data, file, name))


def _end_with_the_parent() -> None:
    """Nobody waits for a document that may take minutes."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _answer(data: bytes, file: str, name: str | None) -> bytes | Exception:
    try:
        return read_bytes(data, file, name).to_json()
    except InputError as error:
        return error
    except Exception as error:
        error.add_note(traceback.format_exc())  # the way to it is lost between processes
        return error


def _lost(file: str, code: int) -> InputError:
    if -code in (signal.SIGKILL, signal.SIGTERM):
        return InputError(file, "the process that read it was killed", remedy="the machine may be short of memory")
    return InputError(file, "PDFium crashed while reading it", remedy="save or print it to PDF again")
