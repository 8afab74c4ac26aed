"""The arithmetic of docs/arithmetic.md once more, in Python's decimal and fractions.

Reads one task per line from standard input, an operation and its arguments separated by spaces,
and writes one result per line in plain notation without trailing zeros.
"""
import sys
from decimal import ROUND_HALF_EVEN, Context, Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60
getcontext().Emax = 999999
getcontext().Emin = -999999
WIDE = Context(prec=5000, Emax=999999, Emin=-999999)
SIGNIFICANT = Context(prec=20, rounding=ROUND_HALF_EVEN, Emax=999999, Emin=-999999)


def plain(number):
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def significant(number):
    return SIGNIFICANT.plus(number)


def half_even(fraction, decimals=20):
    whole = round(fraction * 10 ** decimals)  # Python rounds a Fraction half to even
    return WIDE.scaleb(Decimal(whole), -decimals)


def fractions_of(arguments):
    return [Fraction(a) for a in arguments]


def exact(fraction):
    """A fraction whose denominator divides a power of ten, as a decimal."""
    return WIDE.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


def quotient(a, b):
    return Fraction(half_even(a / b))


def weighted_index(k0, rest):
    """P = k0 * sum(weight * (mean of the samples / baseline)): mean and ratio are quotients."""
    total, i = Fraction(0), 0
    while i < len(rest):
        weight, baseline, count = rest[i], rest[i + 1], int(rest[i + 2])
        samples = rest[i + 3:i + 3 + count]
        total += weight * quotient(quotient(sum(samples, Fraction(0)), Fraction(count)), baseline)
        i += 3 + count
    return exact(k0 * total)


def power(x, y):
    return (y * x.ln()).exp()


def ph_mean(values):
    ions = sum((Fraction(significant(power(Decimal(10), -v))) for v in values), Fraction(0))
    return significant(half_even(Fraction(len(values)) / ions).log10())


def exact_root(x, order):
    """For a number that is known to be a perfect power: searched on whole numbers."""
    f = Fraction(x)

    def whole(n):
        low, high = 0, 1 << (n.bit_length() // order + 1)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if middle ** order < n else (low, middle)
        assert low ** order == n
        return low

    return exact(Fraction(whole(f.numerator), whole(f.denominator)))


OPERATIONS = {
    "exp": lambda a: significant(Decimal(a[0]).exp()),
    "ln": lambda a: significant(Decimal(a[0]).ln()),
    "log10": lambda a: significant(Decimal(a[0]).log10()),
    "pow10": lambda a: significant(power(Decimal(10), Decimal(a[0]))),
    "power": lambda a: significant(power(Decimal(a[0]), Decimal(a[1]))),
    "root": lambda a: significant((Decimal(a[0]).ln() / int(a[1])).exp()),
    "exactroot": lambda a: significant(exact_root(Decimal(a[0]), int(a[1]))),
    "exactpower": lambda a: significant_fraction(Fraction(a[0]) ** int(a[1])),
    "sum": lambda a: exact(sum(fractions_of(a), Fraction(0))),
    "product": lambda a: exact(Fraction(a[0]) * Fraction(a[1])),
    "quotient": lambda a: half_even(Fraction(a[0]) / Fraction(a[1])),
    "round": lambda a: half_even(Fraction(a[0]), int(a[1])),
    "mean": lambda a: half_even(sum(fractions_of(a), Fraction(0)) / len(a)),
    "index": lambda a: weighted_index(Fraction(a[0]), fractions_of(a[1:])),
    "phmean": lambda a: ph_mean([Decimal(v) for v in a]),
}


def significant_fraction(f):
    return SIGNIFICANT.divide(Decimal(f.numerator), Decimal(f.denominator))


for line in sys.stdin:
    operation, *arguments = line.split()
    print(plain(OPERATIONS[operation](arguments)))
