"""Which of many words ends a text: they are asked for by their last character."""

from __future__ import annotations

from collections.abc import Iterable


class Endings:
    """Words by their last characters."""

    def __init__(self, words: Iterable[str]):
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: sorted(found, reverse=True) for last, found in lengths.items()}

    def longest(self, text: str, end: int) -> str:
        """The longest word that ends at ``text[:end]``, or nothing."""
        for length in self._lengths.get(text[end - 1 : end], ()):
            if length <= end and text[end - length : end] in self._words:
                return text[end - length : end]
        return ""
