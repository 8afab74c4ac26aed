"""Makes curve.json: calibration curves read at signals, once more in Python's fractions, which round half to even.

Run it as `python3 curve.py > curve.json`; the same cases come out each time.
"""
import json
import random
from fractions import Fraction

RANDOM = random.Random(20260501)


def decimal(mantissa, decimals):
    digits = str(abs(mantissa)).rjust(decimals + 1, "0")
    text = digits[:len(digits) - decimals] + "." + digits[len(digits) - decimals:] if decimals else digits
    return "-" + text if mantissa < 0 else text


def value(points, signal, compensation, decimals):
    for (low, a), (high, b) in zip(points, points[1:]):
        if Fraction(low) <= Fraction(signal) <= Fraction(high):
            at = Fraction(a) + (Fraction(signal) - Fraction(low)) * (Fraction(b) - Fraction(a)) / (Fraction(high) - Fraction(low))
            if compensation:
                zero, kelvin = Fraction(compensation["isopotential"]), Fraction("273.15")
                at = zero + (at - zero) * (Fraction(compensation["calibratedAt"]) + kelvin) / (Fraction(compensation["temperature"]) + kelvin)
            return decimal(round(at * 10 ** decimals), decimals)
    return None


def case():
    signals = sorted(RANDOM.sample(range(-20_000, 20_000), RANDOM.randint(2, 5)))
    points = [(decimal(s, 4), decimal(RANDOM.randint(-100_000, 100_000), 3)) for s in signals]
    signal = decimal(RANDOM.randint(signals[0] - 500, signals[-1] + 500) * 10 ** 6 + RANDOM.choice([0, 0, 62_500, 500_000]), 10)
    compensation = RANDOM.choice([None, {"calibratedAt": decimal(RANDOM.randint(0, 500), 1), "temperature": decimal(RANDOM.randint(0, 500), 1), "isopotential": "7"}])
    decimals = RANDOM.randint(0, 6)
    return {"curve": [{"signal": s, "value": v} for s, v in points], "signal": signal, "compensation": compensation,
            "decimals": decimals, "value": value(points, signal, compensation, decimals)}


def half(signal, expected):
    """A value exactly between two: the even one is taken."""
    return {"curve": [{"signal": "0", "value": "0"}, {"signal": "1", "value": "10"}], "signal": signal, "compensation": None, "decimals": 0, "value": expected}


CASES = [half("0.05", "0"), half("0.15", "2"), half("0.25", "2"), half("0.35", "4"), *(case() for _ in range(200))]
print("[\n" + ",\n".join(json.dumps(c) for c in CASES) + "\n]")
