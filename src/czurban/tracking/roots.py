"""Compute with roots and powers that need not be fractions, exactly or within bounds."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import gcd

from czurban.model.text import fixed
from czurban.model.years import exact_root, whole_root

_YEAR = 12
_PRECISION, PLACES = 60, 20
"""The digits that a power is computed with, and the decimals that it is rounded to."""


@dataclass(frozen=True, slots=True)
class Root:
    """A positive root of a positive fraction, which need not be a fraction itself: radicand^(1 ÷ degree)."""

    radicand: Fraction
    degree: int

    @classmethod
    def of(cls, quotient: Fraction, months: int) -> "Root":
        """Return the factor of a year for a quotient of so many months: quotient^(12 ÷ months)."""
        common = gcd(_YEAR, months)
        return cls(quotient ** (_YEAR // common), months // common)

    @property
    def fraction(self) -> Fraction | None:
        """The root, where it is a fraction; otherwise None."""
        return exact_root(self.radicand, self.degree)

    def between(self, bits: int) -> tuple[Fraction, Fraction]:
        """Return two fractions that the root lies between, with a difference of 1 ÷ 2^bits at most."""
        if (exact := self.fraction) is not None:
            return exact, exact
        above, below = self.radicand.as_integer_ratio()
        low = whole_root((above << (self.degree * bits)) // below, self.degree)
        return Fraction(low, 1 << bits), Fraction(low + 1, 1 << bits)


@dataclass(frozen=True, slots=True)
class GrowthRatio:
    """The ratio of two growth rates (achieved − 1) ÷ (required − 1), where each factor is a root.

    It is a fraction only if both roots are fractions or equal: positive real roots whose quotients are no fractions are
    linearly independent over the fractions (Besicovitch 1940). In every other case finer bounds decide a comparison.
    """

    achieved: Root
    required: Root

    @property
    def fraction(self) -> Fraction | None:
        """The ratio, where it is a fraction; otherwise None."""
        top, base = self.achieved, self.required
        if top.radicand == 1:
            return Fraction(0)
        if top.radicand**base.degree == base.radicand**top.degree:
            return Fraction(1)
        above, below = top.fraction, base.fraction
        return None if above is None or below is None else (above - 1) / (below - 1)

    def at_least(self, limit: Fraction) -> bool:
        """Return whether the ratio is at least a limit, exactly."""
        if (exact := self.fraction) is not None:
            return exact >= limit
        bits = 64
        while True:
            low, high = self._between(bits)
            if low is not None and high is not None and not low < limit <= high:
                return low >= limit
            bits *= 2

    def rounded(self, places: int) -> Fraction:
        """Return the ratio, rounded half up to so many decimals where it is no fraction."""
        if (exact := self.fraction) is not None:
            return exact
        bits = 64
        while True:
            low, high = self._between(bits)
            if low is not None and high is not None and fixed(low, places) == fixed(high, places):
                return Fraction(fixed(low, places))
            bits *= 2

    def _between(self, bits: int) -> tuple[Fraction | None, Fraction | None]:
        """Return bounds of the ratio; None while those of the divisor include zero."""
        tops, bottoms = self.achieved.between(bits), self.required.between(bits)
        if bottoms[0] <= 1 <= bottoms[1]:
            return None, None
        ratios = [(top - 1) / (bottom - 1) for top in tops for bottom in bottoms]
        return min(ratios), max(ratios)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """Return a power of a number above zero: exactly for whole exponents, else with twenty decimals."""
    if exponent.denominator == 1:
        return base**exponent.numerator
    with localcontext() as context:
        context.prec = _PRECISION
        numbers = (Decimal(each.numerator) / Decimal(each.denominator) for each in (base, exponent))
        power = Fraction(pow(*numbers))
    return Fraction(round(power * 10**PLACES), 10**PLACES)
