"""Engines: where the work of a run is done. Each is a function with the signature of the built-in ``map``.

:func:`pipeline.run.run` calls the stages through whichever it is given, so that a laptop and a cluster run the same code.
Results come in the order of the items; the function and the items must survive pickling (all but ``serial``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Like ``map(function, items)``."""

    def __call__(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]: ...


class WorkerLost(Exception):
    """A worker process died: killed from outside, or out of memory."""


def serial(function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
    """In this process, one after the other."""
    return map(function, items)


def processes(jobs: int) -> Engine:
    """In ``jobs`` processes of this machine. Raises :class:`WorkerLost` while iterating when one of them dies."""

    def engine(function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing import get_context

        pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_the_parent)
        try:
            yield from pool.map(function, items)
        except BrokenProcessPool as error:
            raise WorkerLost("a worker process died") from error
        except BaseException:
            for process in list(pool._processes.values()):  # a document can take minutes: do not wait for it
                process.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    return engine


def dask(address: str) -> Engine:
    """On a Dask cluster, by the address of its scheduler. The workers must see the same folders.

    Raises ``ModuleNotFoundError`` without the extra ``cluster``, ``OSError`` where no scheduler answers.
    """

    def engine(function: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        from distributed import Client

        with Client(address) as client:
            yield from client.get_executor().map(function, items)

    return engine


def _leave_interrupts_to_the_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
