"""An independent computation of the weighted index, from docs/agreements.md alone, with exact fractions.

reference.py AGREEMENT.json... OBSERVATIONS.csv, with every version of an agreement that was amended, the first one first, writes one JSON line per section and window: counts, both means of each parameter, months that
count, index, result, tier. It knows flags N and L, one series, no determinations, no rounding settings, no repeated keys.
"""
import csv
import json
import math
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
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


def needed(rule, days):
    value = int(rule["value"])
    return -(-value * days // 100) if rule["unit"] == "percent" else min(value, days)


ONE_DAY = timedelta(days=1)


def months_of_plan(plan):
    return {"year": 12, "quarter": 3, "month": 1, "week": 1, "season": plan.get("months")}[plan["kind"]]


def window_of(plan, day):
    """First day and day after the last of the window that holds a day, or None."""
    if plan["kind"] == "week":
        monday = day - day.weekday() * ONE_DAY
        return monday, monday + 7 * ONE_DAY
    length = months_of_plan(plan)
    since = (day.month - plan.get("startMonth", 1)) % 12
    if plan["kind"] == "season":
        if since >= length:
            return None
    else:
        since %= length
    first = day.year * 12 + day.month - 1 - since
    return tuple(date(m // 12, m % 12 + 1, 1) for m in (first, first + length))


def own_windows(agreement, day):
    """The windows of an agreement's plan that begin on or after a day."""
    end = date.fromisoformat(agreement["inForce"]["to"])
    while day <= end:
        window = window_of(agreement["window"], day)
        if window and window[0] == day:
            yield (*window, agreement, agreement["window"]["kind"] == "week")
            day = window[1]
        else:
            day += ONE_DAY


def cut(window, start, end):
    return (start, end, *window[2:])


def amended(windows, agreement):
    """What becomes of the windows so far when a version takes effect."""
    effective, running = date.fromisoformat(agreement["amends"]["effective"]), agreement["amends"]["running"]
    kept = [w for w in windows if w[1] <= effective]
    open_window = next((w for w in windows if w[0] < effective < w[1]), None)
    if running == "split":
        if open_window:
            kept.append(cut(open_window, open_window[0], effective))
        second = window_of(agreement["window"], effective)
        if second:
            kept.append((effective, second[1], agreement, agreement["window"]["kind"] == "week"))
    elif open_window:
        kept.append(open_window if running == "leave" else (*open_window[:2], agreement, open_window[3]))
    return kept + list(own_windows(agreement, max([effective] + [w[1] for w in kept])))


def windows_of(versions):
    first = date.fromisoformat(versions[0]["inForce"]["from"])
    holding = window_of(versions[0]["window"], first)
    windows = list(own_windows(versions[0], holding[0] if holding else first))
    for version in versions[1:]:
        windows = amended(windows, version)
    return [w for w in windows if w[0].isoformat() >= w[2]["inForce"]["from"] and (w[1] - ONE_DAY).isoformat() <= w[2]["inForce"]["to"]]


def periods_of(start, end, agreement, is_week):
    """The months of a window, cut at its edges, or the week."""
    if is_week:
        return [(start, end)]
    edges = [start] + [d for d in (start + i * ONE_DAY for i in range(1, (end - start).days)) if d.day == 1] + [end]
    return list(zip(edges, edges[1:]))


def amount(row):
    if row["flag"] in ("", "N") and row["value"]:
        return Fraction(row["value"])
    if row["flag"] == "L" and row.get("detectionLimit"):
        return Fraction(row["detectionLimit"]) / 2
    return None


def statistics(agreement, periods, days):
    minimum = agreement["completeness"]
    per_day = int(minimum["valuesPerDay"]["value"])
    counting = []
    for start, end in periods:
        month = [values for day, values in days.items() if start <= day < end and len(values) >= per_day]
        if month and len(month) >= needed(minimum["daysPerMonth"], (end - start).days):
            counting.append(sum(month, []))
    everything = sum(counting, [])
    return {
        "count": len(everything),
        "months": len(counting),
        "meanOfSamples": rounded(sum(everything) / len(everything)) if everything else None,
        "meanOfMonthlyMeans": rounded(sum(rounded(sum(m) / len(m)) for m in counting) / len(counting)) if counting else None,
    }


def decide(window, values):
    agreement, periods = window[2], periods_of(*window)
    rule, which = agreement["rule"], agreement["statistic"]["value"]
    stats = {p["code"]: statistics(agreement, periods, values.get(p["code"], {})) for p in agreement["parameters"]}
    index = None
    if all(stats[t["parameter"]][which] is not None for t in rule["terms"]):
        ratios = (stated(t, "weight") * rounded(stats[t["parameter"]][which] / stated(t, "baseline")) for t in rule["terms"])
        index = stated(rule, "k0") * sum(ratios)
    share = Fraction(len(periods), months_of_plan(agreement["window"]))
    months = math.ceil(int(agreement["completeness"]["monthsPerWindow"]["value"]) * share)
    enough = all(stats[t["parameter"]]["months"] >= months for t in rule["terms"])
    tier = next((t["id"] for t in rule["tiers"] if index is not None and index <= stated(t, "atMost")), None)
    result = "indeterminate" if not enough or index is None else "pass" if tier else "fail"
    return stats, months, index, result, None if result == "indeterminate" else tier or rule["otherwise"]["id"]


def main(*paths):
    agreements = [json.load(open(path, encoding="utf-8")) for path in paths[:-1]]
    every, offset = windows_of(agreements), agreements[0]["offset"]
    sign, hours, minutes = offset[0], int(offset[1:3]), int(offset[4:])
    zone = timezone(timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1))
    windows = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in csv.DictReader(open(paths[-1], encoding="utf-8")):
        day = datetime.fromisoformat(row["time"].replace("Z", "+00:00")).astimezone(zone).date()
        place = next((i for i, w in enumerate(every) if w[0] <= day < w[1]), None)
        if place is None:
            continue
        window = windows[(row["section"], place)]
        if amount(row) is not None:
            window[row["parameter"]][day].append(amount(row))
    for (section, place), values in sorted(windows.items()):
        stats, months, index, result, tier = decide(every[place], values)
        parameters = [
            {"parameter": code, "count": s["count"], "meanOfSamples": plain(s["meanOfSamples"]), "meanOfMonthlyMeans": plain(s["meanOfMonthlyMeans"])}
            for code, s in stats.items()
        ]
        trace = {"parameters": parameters, "completeness": {"countingMonths": {c: s["months"] for c, s in stats.items()}, "monthsNeeded": months}}
        trace["rule"] = None if index is None else {"index": plain(index)}
        window = {"from": f"{every[place][0]}T00:00:00{offset}", "to": f"{every[place][1]}T00:00:00{offset}"}
        version = {"version": every[place][2]["version"]}
        print(json.dumps({"section": section, "agreement": version, "window": window, "result": result, "tier": tier, "trace": trace}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
