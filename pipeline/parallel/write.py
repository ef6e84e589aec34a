"""An alignment as TSV, TMX 1.4 and JSON lines."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.export.corpus import document_id
from pipeline.export.selection import fit
from pipeline.export.tmx import CODES, Memory
from pipeline.parallel.model import Alignment, Pair
from pipeline.wording import counted

COLUMNS = ("zh", "en", "score", "shape", "zh_ids", "en_ids")


def tsv(alignment: Alignment) -> bytes:
    """A bead a row, in the order of the Chinese, with a head: both texts, the score, the shape (1-2), and the sentences' ids.

    A side that the other language does not have is empty; ``duizhao check`` reads the file and leaves such rows out.
    """
    lines = ["\t".join(COLUMNS)]
    for pair in alignment.pairs:
        ids = (" ".join(side[k].id for k in numbers) for side, numbers in ((alignment.zh, pair.zh), (alignment.en, pair.en)))
        fields = fit(alignment.text("zh", pair.zh)), fit(alignment.text("en", pair.en)), _score(pair), pair.shape, *ids
        lines.append("\t".join(fields))
    return "".join(f"{line}\n" for line in lines).encode()


def tmx(alignment: Alignment) -> bytes:
    """A unit for each bead that has both sides, with its score, its shape and its documents as properties."""
    chinese = CODES.of("zh-Hans" if alignment.script == "hans" else "zh-Hant")
    memory = Memory(chinese, "sentence")
    for k, pair in enumerate(alignment.pairs, 1):
        if pair.zh and pair.en:
            texts = {chinese: fit(alignment.text("zh", pair.zh)), CODES.en: fit(alignment.text("en", pair.en))}
            memory.add(f"{document_id(fit(alignment.name))}-{k}", texts, {
                "score": _score(pair), "shape": pair.shape, "zh-document": fit(alignment.zh_document),
                "en-document": fit(alignment.en_document)})
    return memory.written()


def jsonl(alignment: Alignment) -> bytes:
    """A bead a line; each sentence with its id, its text, where it stands in the raw file (``start``, ``end``) and its page."""

    def row(pair: Pair) -> dict[str, Any]:
        return {"zh": alignment.text("zh", pair.zh), "en": alignment.text("en", pair.en), "score": pair.score,
                "shape": pair.shape, "zh_document": alignment.zh_document, "en_document": alignment.en_document,
                "zh_sentences": [alignment.zh[k] for k in pair.zh], "en_sentences": [alignment.en[k] for k in pair.en]}

    return b"".join(msgspec.json.encode(row(pair)) + b"\n" for pair in alignment.pairs)


FORMATS = {"tsv": tsv, "tmx": tmx, "jsonl": jsonl}


def summary(alignment: Alignment) -> str:
    """How many beads there are, and how much of either side has no counterpart, in a line."""
    both = [p for p in alignment.pairs if p.zh and p.en]
    zh, en = (sum(len(own) for own, other in sides if not other)
              for sides in ([(p.zh, p.en) for p in alignment.pairs], [(p.en, p.zh) for p in alignment.pairs]))
    return (f"{counted(len(both), 'pair')} of {len(alignment.zh)} Chinese and {len(alignment.en)} English sentences; "
            f"without the other: {zh} Chinese, {en} English")


def _score(pair: Pair) -> str:
    return f"{pair.score:.3f}" if pair.zh and pair.en else ""
