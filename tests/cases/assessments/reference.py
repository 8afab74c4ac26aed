"""An independent computation of the weighted index, from docs/agreements.md alone, with exact fractions.

reference.py AGREEMENT.json OBSERVATIONS.csv writes one JSON line per section and window: counts, both means of each parameter, months that
count, index, result, tier. It knows flags N and L, one series, no determinations, no rounding settings, no repeated keys.
"""
import calendar
import csv
import json
import sys
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from fractions import Fraction


def rounded(number):
    """Half-even to 20 decimals, as every quotient is."""
    scaled = number * 10**20
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1):
        whole += 1
    return Fraction(whole, 10**20)


def plain(number):
    """Plain notation of a fraction whose denominator divides a power of ten."""
    if number is None:
        return None
    decimals = 0
    while (number * 10**decimals).denominator != 1:
        decimals += 1
    digits = str(abs((number * 10**decimals).numerator)).rjust(decimals + 1, "0")
    text = digits if decimals == 0 else digits[:-decimals] + "." + digits[-decimals:]
    return "-" + text if number < 0 else text


def stated(parent, member):
    return Fraction(parent[member]["value"])


def needed(rule, year, month):
    days = calendar.monthrange(year, month)[1]
    value = int(rule["value"])
    return -(-value * days // 100) if rule["unit"] == "percent" else min(value, days)


def window_of(agreement, day):
    length = {"year": 12, "quarter": 3, "month": 1}[agreement["window"]["kind"]]
    start = agreement["window"].get("startMonth", 1)
    first = day.year * 12 + day.month - 1 - (day.month - start) % 12 % length
    return first, first + length


def amount(row):
    if row["flag"] in ("", "N") and row["value"]:
        return Fraction(row["value"])
    if row["flag"] == "L" and row.get("detectionLimit"):
        return Fraction(row["detectionLimit"]) / 2
    return None


def statistics(agreement, days):
    minimum = agreement["completeness"]
    per_day = int(minimum["valuesPerDay"]["value"])
    months = defaultdict(list)
    for day, values in days.items():
        if len(values) >= per_day:
            months[(day.year, day.month)].append(values)
    counting = [sum(m, []) for key, m in months.items() if len(m) >= needed(minimum["daysPerMonth"], *key)]
    everything = sum(counting, [])
    return {
        "count": len(everything),
        "months": len(counting),
        "meanOfSamples": rounded(sum(everything) / len(everything)) if everything else None,
        "meanOfMonthlyMeans": rounded(sum(rounded(sum(m) / len(m)) for m in counting) / len(counting)) if counting else None,
    }


def decide(agreement, values):
    rule, which = agreement["rule"], agreement["statistic"]["value"]
    stats = {p["code"]: statistics(agreement, values.get(p["code"], {})) for p in agreement["parameters"]}
    index = None
    if all(stats[t["parameter"]][which] is not None for t in rule["terms"]):
        ratios = (stated(t, "weight") * rounded(stats[t["parameter"]][which] / stated(t, "baseline")) for t in rule["terms"])
        index = stated(rule, "k0") * sum(ratios)
    enough = all(stats[t["parameter"]]["months"] >= int(agreement["completeness"]["monthsPerWindow"]["value"]) for t in rule["terms"])
    tier = next((t["id"] for t in rule["tiers"] if index is not None and index <= stated(t, "atMost")), None)
    result = "indeterminate" if not enough or index is None else "pass" if tier else "fail"
    return stats, index, result, None if result == "indeterminate" else tier or rule["otherwise"]["id"]


def main(agreement_path, observations_path):
    agreement = json.load(open(agreement_path, encoding="utf-8"))
    sign, hours, minutes = agreement["offset"][0], int(agreement["offset"][1:3]), int(agreement["offset"][4:])
    zone = timezone(timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1))
    windows = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in csv.DictReader(open(observations_path, encoding="utf-8")):
        day = datetime.fromisoformat(row["time"].replace("Z", "+00:00")).astimezone(zone).date()
        window = windows[(row["section"], *window_of(agreement, day))]
        if amount(row) is not None:
            window[row["parameter"]][day].append(amount(row))
    for (section, first, _), values in sorted(windows.items()):
        stats, index, result, tier = decide(agreement, values)
        parameters = [
            {"parameter": code, "count": s["count"], "meanOfSamples": plain(s["meanOfSamples"]), "meanOfMonthlyMeans": plain(s["meanOfMonthlyMeans"])}
            for code, s in stats.items()
        ]
        trace = {"parameters": parameters, "completeness": {"countingMonths": {c: s["months"] for c, s in stats.items()}}}
        trace["rule"] = None if index is None else {"index": plain(index)}
        start = f"{first // 12:04}-{first % 12 + 1:02}-01T00:00:00{agreement['offset']}"
        print(json.dumps({"section": section, "window": {"from": start}, "result": result, "tier": tier, "trace": trace}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
