"""Exact numbers as digits."""

from fractions import Fraction


def exact(value: Fraction) -> str:
    """Spell a number exactly: as a decimal where it ends, else as numerator/denominator."""
    places, denominator = 0, value.denominator
    for factor in (10, 5, 2):
        while denominator % factor == 0:
            places, denominator = places + 1, denominator // factor
    return fixed(value, places) if denominator == 1 else f"{value.numerator}/{value.denominator}"


def fixed(value: Fraction, places: int) -> str:
    """Spell a number with so many decimal places, half up (away from zero at a half), without trailing zeros."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return f"-{text}" if value < 0 and text != "0" else text
