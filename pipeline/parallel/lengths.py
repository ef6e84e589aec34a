"""Lengths: how well those of two stretches fit, after Gale and Church.

Gale and Church, *A Program for Aligning Sentences in Bilingual Corpora* (Computational Linguistics 19, 1993): a character of
one language gives rise to ``mean`` characters of the other, with a ``variance`` for each. δ = (l₂ − l₁ c) / √(l₁ s²) is
normally distributed for translations.
"""

from __future__ import annotations

from math import log, pi, sqrt
from statistics import median

from msgspec import Struct

DOUBT = 15  # as many pairs make half of an estimate
LEAST = -5.0  # what lengths can say against a pair: other evidence may be stronger


class Lengths(Struct, frozen=True):
    """``mean``: English characters for each Chinese one, ``variance`` likewise. White space is not counted."""

    mean: float = 2.9
    variance: float = 14.0

    @classmethod
    def of(cls, pairs: list[tuple[int, int]]) -> Lengths:
        """Estimated from the lengths of sentences that belong together, as far as there are enough of them to tell."""
        usual = cls()
        good = [(zh, en) for zh, en in pairs if zh >= 8]
        if not good:
            return usual
        trust = len(good) / (len(good) + DOUBT)
        mean = usual.mean + trust * (median(en / zh for zh, en in good) - usual.mean)
        spread = median((en - zh * mean) ** 2 / zh for zh, en in good) / 0.455  # the median of χ² with one degree of freedom
        variance = usual.variance + trust * (spread - usual.variance)
        return cls(mean, max(8.0, min(variance, 20.0)))

    def delta(self, zh: int, en: int) -> float:
        """δ of Gale and Church."""
        return (en - zh * self.mean) / sqrt(max(zh, en / self.mean, 1) * self.variance)

    def fit(self, zh: int, en: int) -> float:
        """The log-likelihood ratio of the lengths: of translations, against any two stretches of text.

        The length of any other stretch is taken as spread evenly over what is twice as long or less.
        """
        spread = max(zh * self.mean, en, 1.0)
        density = -self.delta(zh, en) ** 2 / 2 - log(sqrt(2 * pi * max(zh, 1) * self.variance))
        return max(LEAST, density + log(2 * spread))
