"""CoNLL-U (Universal Dependencies, "CoNLL-U Format"), level 1: words, sentences, paragraphs and documents, no syntax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import normalize

from pipeline.document import Document, Token
from pipeline.export.corpus import Corpus, document_id, one_line, paragraphs, text_in

# How MISC writes white space, as UDPipe does; what has no letter there, by its number.
_ESCAPES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\", "|": r"\p"}


def conllu(corpus: Corpus, script: str = "") -> bytes:
    """All reports, each beginning with ``# newdoc``, each paragraph with ``# newpar``.

    ``# text`` has one space wherever there is white space; where that is something else, MISC tells it (``SpacesAfter``,
    ``SpacesInToken``). MISC also has the ``Kind`` of a token that is no plain word. As the format asks, characters are composed
    (NFC); the replacement character U+FFFD, which it forbids, is written □.
    """
    return "".join(line for document in corpus.documents for line in _document(document, text_in(document, script))).encode()


def _document(document: Document, text: str) -> Iterator[str]:
    tokens = list(_tokens(text, document.tokens))
    starts = [t.start for t in tokens[1:]] + [len(text)]
    at, first = 0, f"# newdoc id = {document_id(document.name)}\n"
    for id, _, sentences in paragraphs(document):
        yield_first = f"# newpar id = {id}\n"
        for sentence in sentences:
            rows: list[str] = []
            words: list[str] = []
            while at < len(tokens) and tokens[at].start < sentence.end:
                token = tokens[at]
                gap = text[token.end : starts[at]]
                form = _form(text[token.start : token.end])
                rows.append(f"{len(rows) + 1}\t{form}" + "\t_" * 7 + f"\t{_misc(token, text[token.start : token.end], gap)}\n")
                words += [form, " "] if gap else [form]
                at += 1
            if rows:
                yield f"{first}{yield_first}# sent_id = {sentence.id}\n# text = {''.join(words).rstrip()}\n{''.join(rows)}\n"
                first = yield_first = ""


def _tokens(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens; what becomes one character with the one before (a mark of its own, behind its letter) is joined to it."""
    before: Token | None = None
    for token in tokens:
        if before and before.end == token.start and _joins(text[before.start : before.end], text[token.start : token.end]):
            before = Token(before.start, token.end, before.kind)
            continue
        if before:
            yield before
        before = token
    if before:
        yield before


def _joins(left: str, right: str) -> bool:
    return right[0] > "\u02ff" and normalize("NFC", left + right) != normalize("NFC", left) + normalize("NFC", right)


def _form(word: str) -> str:
    return normalize("NFC", one_line(word)).replace("\ufffd", "□")


def _misc(token: Token, word: str, gap: str) -> str:
    facts = [] if token.kind == "word" else [f"Kind={token.kind}"]
    if not gap:
        facts.append("SpaceAfter=No")
    elif gap != " ":
        facts.append(f"SpacesAfter={_escaped(gap)}")
    if word != one_line(word):
        facts.append(f"SpacesInToken={_escaped(word)}")
    return "|".join(facts) or "_"


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c.isspace() else c) for c in text)
