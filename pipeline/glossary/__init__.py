"""From the candidates of all documents and people's decisions to the glossary.

``entries`` takes from a Document what is needed, ``build`` merges, ``curate`` reads decisions and ``rulings`` applies them,
``assemble`` makes a concept of all that was said of one thing, ``conflicts`` finds what only a person can settle, ``lookup``
finds concepts. Files of it are written in ``pipeline.export``.
"""
