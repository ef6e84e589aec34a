"""Single keys from a terminal, whole lines from anything else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from unicodedata import normalize

END = ""  # what is read when nothing more can come


class Input(Protocol):
    """Where a person's answers come from."""

    def key(self) -> str:
        """One key, as the character that it gives: half-width, in small letters. ``END`` at the end, also for Ctrl-D."""

    def line(self, prompt: str, value: str) -> str:
        """A line of text; ``value`` is what it should be by default. Raises ``EOFError`` at the end."""


@contextmanager
def open_input() -> Iterator[Input]:
    """Keys where standard input is a terminal, else lines. The terminal is left as it was found."""
    if not sys.stdin.isatty():
        yield _Lines()
        return
    try:
        import termios
    except ImportError:
        yield _Console()
        return
    before = termios.tcgetattr(sys.stdin.fileno())
    try:
        yield _Terminal(before)
    finally:
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before)


class _Lines:
    """Of each line, the first character is the key; an empty line is an unknown key."""

    def key(self) -> str:
        line = sys.stdin.readline()
        return (_folded(line.strip()) or "\n")[:1] if line else END

    def line(self, prompt: str, value: str) -> str:
        sys.stdout.write(f"{prompt} [{value}]: ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip() or value


class _Terminal:
    """A POSIX terminal: without echo and line by line only while a line is edited."""

    def __init__(self, usual: list[Any]):
        self.usual = usual

    def key(self) -> str:
        """What arrows and function keys send counts as one unknown key."""
        import termios
        import tty

        descriptor = sys.stdin.fileno()
        tty.setcbreak(descriptor, termios.TCSADRAIN)  # each time, for a shell may have stopped us; what was typed ahead stays
        first = os.read(descriptor, 1)
        if first in (b"", b"\x04"):
            return END
        if first == b"\x1b":
            _rest(descriptor)
            return "\x1b"
        further = (first[0] >= 0xC0) + (first[0] >= 0xE0) + (first[0] >= 0xF0)
        return _folded((first + b"".join(os.read(descriptor, 1) for _ in range(further))).decode("utf-8", "replace"))

    def line(self, prompt: str, value: str) -> str:
        import readline
        import termios

        termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self.usual)
        readline.set_startup_hook(lambda: readline.insert_text(value))
        try:
            return input(f"{prompt}: ").strip() or value
        finally:
            readline.set_startup_hook()


class _Console:
    """The console of Windows, which cannot edit a line in place: the default stands in brackets."""

    def key(self) -> str:
        import msvcrt

        sys.stdout.flush()
        key: str = msvcrt.getwch()  # type: ignore[attr-defined]
        if key in "\x00\xe0":
            msvcrt.getwch()  # type: ignore[attr-defined]
            return "\x1b"
        if key == "\x03":
            raise KeyboardInterrupt
        return END if key in "\x04\x1a" else _folded(key)

    def line(self, prompt: str, value: str) -> str:
        return input(f"{prompt} [{value}]: ").strip() or value


def _rest(descriptor: int) -> None:
    """Read what a key sent behind its escape character."""
    from select import select

    while select([descriptor], [], [], 0.02)[0]:
        if os.read(descriptor, 1).isalpha() or not select([descriptor], [], [], 0)[0]:
            return


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()
