"""The words of this pipeline as a tokenizer for spaCy, registered as ``duizhao_words`` by an entry point.

In a pipeline's configuration::

    [nlp.tokenizer]
    @tokenizers = "duizhao_words"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.document import Token
from pipeline.segment import Options, tokens

_FILE = "duizhao.json"


class Words:
    """Cuts text into words. ``doc.text`` is the text that was given; white space but for a single space is a token."""

    def __init__(self, vocab: Vocab, options: Options = Options()):
        self.vocab, self.options = vocab, options

    def __call__(self, text: str) -> Doc:
        """The words of a text of any number of paragraphs, one a line."""
        found: list[Token] = []
        at = 0
        for line in text.split("\n"):
            found += (Token(at + t.start, at + t.end, t.kind) for t in tokens(line, self.options))
            at += len(line) + 1
        return doc_of(self.vocab, text, found)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The words and not-words of people's decisions; the dictionary is that of the installed package."""
        return msgspec.json.encode(self.options)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Words:
        """Take over what :meth:`to_bytes` gave."""
        self.options = msgspec.json.decode(data, type=Options)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """As :meth:`to_bytes`, into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        Path(path, _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Words:
        """As :meth:`from_bytes`, from a folder."""
        return self.from_bytes(Path(path, _FILE).read_bytes())

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.vocab, self.options)


def words(words: list[str] | None = None, not_words: list[str] | None = None) -> Callable[[Language], Words]:
    """The function that makes the tokenizer of a pipeline: ``words`` are words wherever they stand, ``not_words`` never are."""
    options = Options(tuple(words or ()), tuple(not_words or ()))
    return lambda nlp: Words(nlp.vocab, options)


def doc_of(vocab: Vocab, text: str, found: Iterable[Token]) -> Doc:
    """A Doc of these tokens with exactly this text, whatever white space is between them."""
    cut: list[str] = []
    spaces: list[bool] = []

    def gap(white: str) -> None:
        if cut and white.startswith(" "):
            spaces[-1] = True
            white = white[1:]
        if white:
            cut.append(white)
            spaces.append(False)

    at = 0
    for token in found:
        gap(text[at : token.start])
        cut.append(text[token.start : token.end])
        spaces.append(False)
        at = token.end
    gap(text[at:])
    return Doc(vocab, words=cut, spaces=spaces)
