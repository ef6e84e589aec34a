"""DocBin, spaCy's own format for many Docs: words, exact spaces, sentences, paragraphs, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.document import Document
from pipeline.export.corpus import Corpus, text_in

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


def docbin(corpus: Corpus, script: str = "") -> bytes:
    """A DocBin with one Doc a report, of which ``doc.text`` is the text to the last space. See :func:`doc`."""
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("zh").vocab
    docs = (doc(document, corpus, vocab, script) for document in corpus.documents)
    return bytes(DocBin(["ORTH", "SPACY", "SENT_START"], store_user_data=True, docs=docs).to_bytes())


def doc(document: Document, corpus: Corpus, vocab: Vocab, script: str = "") -> Doc:
    """A Document as a Doc of spaCy.

    ``doc.spans["glossary"]`` are the terms as the component ``duizhao_glossary`` marks them, ``doc.spans["candidates"]`` what
    this report says by itself (the label is the kind), ``doc.spans["paragraphs"]`` the paragraphs with their kind.
    ``doc.user_data`` has the ``document``, its name, and its ``title``.
    """
    from spacy.tokens import SpanGroup

    from pipeline.spacy_component import mark
    from pipeline.spacy_tokenizer import doc_of

    made = doc_of(vocab, text_in(document, script), document.tokens)
    starts = {s.start for s in document.sentences}
    for token in made:
        token.is_sent_start = token.i == 0 or token.idx in starts
    made.user_data |= {"document": document.name, "title": document.title}
    mark(made, corpus.terms(document), "glossary")
    paragraphs = [(p.start, p.end, p.kind) for p in document.paragraphs]
    evidence = {(e.start, e.end, c.kind): None for c in document.candidates for e in c.evidence if e.end > e.start}
    for name, spans in (("candidates", sorted(evidence)), ("paragraphs", paragraphs)):
        found = (made.char_span(start, end, label=kind, alignment_mode="expand") for start, end, kind in spans)
        made.spans[name] = SpanGroup(made, name=name, spans=[span for span in found if span is not None])
    return made
