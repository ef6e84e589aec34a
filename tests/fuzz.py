#!/usr/bin/env python3
"""Damaged input: reading, cleaning and repairing it gives a Document that accounts for every character, or an InputError.

    fuzz.py [--seconds 60] [--files N] [--seed 0]

Takes the fixtures and samples, changes them at random and gives them to a child process, which is ended when one file takes
longer than 20 seconds. Whatever goes wrong is written to fuzz-SEED-NUMBER.pdf or .txt in the working folder, to be run again.
PDFium is C++ that reads what it is given: should a file bring it down, here the child is what ends, as in the commands (see
``pipeline.read.apart``). No file that did so was found.
"""

from __future__ import annotations

import argparse
import multiprocessing as mp
import re
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.read import read_bytes
from pipeline.repair import repair

ROOT = Path(__file__).parents[1]
LIMIT = 20.0  # seconds a file
_TOKENS = [
    b"endobj", b"stream\n", b"endstream", b"/Length 0", b"/Length 99999999", b"/Kids [1 0 R]", b"/Count -1", b"/Rotate 37",
    b"/MediaBox [0 0 0 0]", b"/MediaBox [0 0 1e9 1e9]", b"BT", b"ET", b"Q", b"q", b"0 0 0 0 0 0 Tm", b"1e30 0 0 1e30 0 0 Tm",
    b"/W [0 [99999]]", b"/DW 0", b"-1 Tf", b"trailer", b"startxref\n0", b"null", b"<<", b">>", b"[", b"]", b"(", b")",
]
_SIGNS = "\x00\x02\t\f\r\u00a0\u00ad\u200b\u200d\u2028\u3000\ue000\ufeff\ufffd\ud7ff（）「」《》。，-–…1一壹(a)•⼀\uf98e😀"


def corpus() -> list[Path]:
    """The PDFs and texts that are changed."""
    return sorted([*(ROOT / "tests" / "fixtures").rglob("*.pdf"), *(ROOT / "raw").glob("*.pdf"), *(ROOT / "raw").glob("*.txt")])


def _flip(data: bytearray, random: Random) -> None:
    for _ in range(random.choice((1, 4, 30))):
        data[random.randrange(len(data))] = random.randrange(256)


def _cut(data: bytearray, random: Random) -> None:
    del data[random.randrange(len(data)) :]


def _drop(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data))
    del data[start : start + random.choice((1, 10, 1000))]


def _double(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data))
    data[start:start] = data[start : start + random.choice((1, 40, 2000))]


def _token(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data))
    token = random.choice(_TOKENS)
    data[start : start + random.choice((0, len(token)))] = token


def _number(data: bytearray, random: Random) -> None:
    digits = [k for k in range(0, len(data), max(1, len(data) // 4000)) if 48 <= data[k] < 58]
    for k in random.sample(digits, min(3, len(digits))):
        data[k] = random.choice(b"0123456789-.")


def _swap(data: bytearray, random: Random) -> None:
    a, b = sorted(random.randrange(len(data)) for _ in range(2))
    n = random.choice((1, 20, 500))
    data[a : a + n], data[b : b + n] = data[b : b + n], data[a : a + n]


def _signs(data: bytearray, random: Random) -> None:
    text = list(data.decode("utf-8", "replace"))
    for _ in range(random.choice((1, 10, 100))):
        text.insert(random.randrange(len(text) + 1), random.choice(_SIGNS) * random.choice((1, 1, 3, 50)))
    data[:] = "".join(text).encode("utf-8", "replace")


def _lines(data: bytearray, random: Random) -> None:
    lines = data.decode("utf-8", "replace").split("\n")
    random.shuffle(lines)
    data[:] = random.choice(("\n", "\r\n", "\f", "", "\n\n\n")).join(lines).encode("utf-8", "replace")


_ANY: list[Callable[[bytearray, Random], None]] = [_flip, _cut, _drop, _double, _token, _number, _swap]


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)


def _inside(data: bytearray, random: Random) -> None:
    """Change a compressed stream, and keep its length, so that the file around it stays whole."""
    streams = [m.span(1) for m in _STREAM.finditer(data)]
    for start, end in random.sample(streams, min(8, len(streams))):
        try:
            plain = bytearray(zlib.decompress(data[start:end]))
        except zlib.error:
            continue
        for _ in range(random.randrange(1, 6)):
            if plain:
                random.choice(_ANY)(plain, random)
        packed = zlib.compress(bytes(plain), 9)
        if len(packed) <= end - start:
            data[start:end] = packed + bytes(end - start - len(packed))
            return


def mutate(data: bytes, text: bool, random: Random) -> bytes:
    """``data`` changed in one to three ways."""
    out = bytearray(data)
    for _ in range(random.randrange(1, 4)):
        if out:
            random.choice([*_ANY, _signs, _lines] if text else [*_ANY, *[_inside] * len(_ANY)])(out, random)
    return bytes(out)


def attempt(data: bytes, name: str) -> str:
    """``read``, ``clean`` and ``repair`` of it: "read" or "refused". Raises whatever must not happen."""
    try:
        document = read_bytes(data, name)
    except InputError:
        return "refused"
    if Document.from_json(document.to_json()) != document:  # as it comes from the process that reads PDFs
        raise AssertionError("what was read is not what is saved of it")
    for stage in (clean, repair):
        document = stage(document)
        if set(document.account()) - {1}:
            raise AssertionError(f"{stage.__name__} lost or doubled characters")
    return "read"


def cases(seed: int, files: list[Path]) -> Callable[[], tuple[str, bytes]]:
    """A generator of damaged files, the same for the same seed."""
    random = Random(seed)
    contents = {f: f.read_bytes() for f in files}

    def case() -> tuple[str, bytes]:
        file = random.choice(files)
        return file.name, mutate(contents[file], file.suffix == ".txt", random)

    return case


def _child(pipe: mp.connection.Connection) -> None:
    while True:
        name, data = pipe.recv()
        try:
            pipe.send(attempt(data, name))
        except Exception as error:
            import traceback

            pipe.send(f"failed: {error!r} at {traceback.extract_tb(error.__traceback__)[-1]}")


def main() -> None:
    """Run for a time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--files", type=int, default=10**9, help="stop after so many")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    case = cases(options.seed, corpus())
    context = mp.get_context("spawn")
    outcomes: Counter[str] = Counter()
    child = pipe = None
    end, number, slowest = time.monotonic() + options.seconds, 0, 0.0
    while time.monotonic() < end and number < options.files:
        if child is None:
            pipe, other = context.Pipe()
            child = context.Process(target=_child, args=(other,), daemon=True)
            child.start()
            other.close()
        name, data = case()
        number += 1
        start = time.monotonic()
        pipe.send((name, data))
        try:
            outcome = pipe.recv() if pipe.poll(LIMIT) else "failed: hangs"
        except EOFError:
            child.join()
            outcome = f"failed: ended with {child.exitcode}"
        slowest = max(slowest, time.monotonic() - start)
        outcomes[outcome] += 1
        if outcome.startswith("failed"):
            kept = Path(f"fuzz-{options.seed}-{number}{Path(name).suffix}")
            kept.write_bytes(data)
            print(f"{kept} (from {name}): {outcome}")
            if "hangs" in outcome or "ended" in outcome:
                child.kill()
                child.join()
                child = None
    if child is not None:
        child.kill()
    print(f"{number} files, slowest {slowest:.1f} s:", dict(outcomes))
    raise SystemExit(any(o.startswith("failed") for o in outcomes))


if __name__ == "__main__":
    main()
