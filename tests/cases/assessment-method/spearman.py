"""Spearman's rank correlation of docs/assessment-method.md once more, with fractions.

Each line of the input: the rule for equal values (PlainFormula or CorrelationOfRanks), the critical values 0.05 and 0.01, the values in
order of time. Each line of the output: direction, significant at 0.05, at 0.01 (1 or 0), r to 15 decimals.
"""
import sys
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def ranks(values):
    ordered = sorted(values)
    return [Fraction(2 * ordered.index(v) + ordered.count(v) + 1, 2) for v in values]


def about_mean(xs):
    mean = sum(xs) / len(xs)
    return [x - mean for x in xs]


def coefficient(rule, values):
    """r times |r|, so that it stays a fraction, and r."""
    n = len(values)
    x, t = ranks(values), [Fraction(i + 1) for i in range(n)]
    if len(set(values)) == 1:
        return Fraction(0), Decimal(0)
    if rule == "PlainFormula":
        r = 1 - 6 * sum((a - b) ** 2 for a, b in zip(x, t)) / Fraction(n ** 3 - n)
        return r * abs(r), decimal(r)
    x, t = about_mean(x), about_mean(t)
    xt = sum(a * b for a, b in zip(x, t))
    squared = xt * xt / (sum(a * a for a in x) * sum(b * b for b in t))
    root = decimal(squared).sqrt()
    return (squared, root) if xt >= 0 else (-squared, -root)


for line in sys.stdin:
    rule, five, one, *texts = line.split()
    signed, r = coefficient(rule, [Fraction(t) for t in texts])
    passes = [int(abs(signed) > Fraction(w) ** 2) for w in (five, one)]
    print((signed > 0) - (signed < 0), *passes, f"{r:.15f}")
