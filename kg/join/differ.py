"""Whether two values of one property can both be right: "about an hour" and 55 minutes can, 15 and 20 cannot."""

from __future__ import annotations

from decimal import Decimal

# "About an hour" was said of 50 to 75 minutes in the corpus's development half: a fifth, and at least five minutes.
_ABOUT, _ABOUT_LEAST = Decimal("0.2"), Decimal(5)
# Totals of added rates are rounded in print: "nearly 300 percent" of 298.5. Below, as written.
_HUNDRED, _HUNDREDTH = Decimal(100), Decimal("0.01")
_HOUR, _HALF = Decimal(60), Decimal(30)


def minutes_agree(one: Decimal, one_about: bool, other: Decimal, other_about: bool) -> bool:
    """Whether two lengths are the same within what "about" leaves open; whole hours are seldom meant to the minute."""
    gap, longer = abs(one - other), max(one, other)
    if one_about or other_about:
        return gap <= max(_ABOUT_LEAST, longer * _ABOUT)
    rounded = any(length >= _HOUR and length % _HALF == 0 for length in (one, other))
    return gap == 0 or (rounded and gap <= _ABOUT_LEAST)


def rates_agree(one: Decimal, other: Decimal) -> bool:
    """Whether one rate is the other one rounded: 17 and 17.09 percent, 298.5 and 300."""
    if min(one, other) >= _HUNDRED and abs(one - other) <= _HUNDREDTH * max(one, other):
        return True
    unit = Decimal(1).scaleb(min(0, max(_exponent(one), _exponent(other))))
    return one.quantize(unit) == other.quantize(unit)


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
