"""An independent computation of sources, joint samples, limits and ranges as quality tests, from docs/agreements.md alone, with exact fractions.

reference_sources.py AGREEMENT.json OBSERVATIONS.csv [DETERMINATIONS.json] writes one JSON line per section and window: what reference.py
writes and, besides, substitutions, joint samples and shares. It knows the columns detectionLimit and source, flags N, L and others, no pH, no
repeated keys, and of the determinations substitute, acceptSample and confirm.
"""
import calendar
import csv
import json
import sys
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parent.parent / "assessments"))

import reference  # noqa: E402
from reference import amount, needed, plain, rounded, stated  # noqa: E402


class Book:
    """The readings of one section and window."""

    def __init__(self, agreement, determinations, zone):
        self.agreement, self.determinations, self.zone = agreement, determinations, zone
        self.sources = agreement["data"]["sources"]
        self.rows = []

    def day(self, moment):
        return moment.astimezone(self.zone).date()

    def determined(self, kind, code, moment):
        return [
            d for d in self.determinations if d["kind"] == kind and code in d.get("parameters", [code])
            and datetime.fromisoformat(d["from"]) <= moment < datetime.fromisoformat(d["to"])
        ]

    def counts(self, row):
        """Whether no range excludes a value, or a determination confirms it."""
        quality = self.agreement["data"]["quality"]
        if not row["value"] or self.determined("confirm", row["parameter"], row["moment"]):
            return True
        for test in quality["tests"]:
            if test["parameter"] == row["parameter"] and row["source"] in test.get("series", [row["source"]]):
                spans = [test["parameters"][s] for s in ("fail_span", "suspect_span") if s in test["parameters"]]
                if not all(Fraction(low) <= Fraction(row["value"]) <= Fraction(high) for low, high in spans):
                    return False
        return True

    def offers(self):
        """For each source its values by parameter and moment, and what became of the joint samples."""
        found = {(r["parameter"], r["moment"], r["source"]): amount(r) for r in self.rows if amount(r) is not None and self.counts(r)}
        offers, samples = [defaultdict(dict) for _ in self.sources], []
        for rank, source in enumerate(self.sources):
            series = source["joint"]["halves"] + [source["joint"].get("reserve")] if "joint" in source else source["series"]
            for code, moment in sorted({k[:2] for k in found if k[2] in series}, key=lambda k: (k[1], k[0])):
                results = [found.get((code, moment, s)) for s in series]
                value = next((r for r in results if r is not None), None)
                if "joint" in source:
                    value, sample = self.sample(source, series, code, moment, results)
                    samples.append(sample)
                if value is not None:
                    offers[rank][code][moment] = value
        return offers, samples

    def sample(self, source, series, code, moment, results):
        a, b, reserve = results
        tolerance = next(t for t in source["joint"]["tolerance"] if t["parameter"] == code)
        within = None
        if a is not None and b is not None:
            within = "absolute" in tolerance and abs(a - b) <= stated(tolerance, "absolute")
            within = within or ("percent" in tolerance and 200 * abs(a - b) <= stated(tolerance, "percent") * abs(a + b))
        options = {series[0]: a, series[1]: b, "mean": None if within is None else (a + b) / 2}
        accepted = [d["use"] for d in self.determined("acceptSample", code, moment) if options.get(d["use"]) is not None]
        used = "mean" if within else accepted[0] if accepted else series[2] if within is False and reserve is not None else None
        value = reserve if used == series[2] else options.get(used)
        return value, {"parameter": code, "within": within, "used": used, "value": plain(value)}

    def had(self, days, month_days):
        """What values by day come to, and what would be enough."""
        span, minimum = self.agreement["data"]["substitute"], self.agreement["completeness"]
        per_day = int(minimum["valuesPerDay"]["value"])
        counting = [d for d, n in days.items() if n >= per_day]
        need = lambda year, month: needed(minimum["daysPerMonth"], calendar.monthrange(year, month)[1])
        if span == "moment":
            return sum(days.values()), 1
        if span == "day":
            return sum(days.values()), per_day
        if span == "month":
            return len(counting), need(*month_days)
        months = defaultdict(int)
        for d in counting:
            months[d.year, d.month] += 1
        return sum(n >= need(*m) for m, n in months.items()), int(minimum["monthsPerWindow"]["value"])

    def span(self, moment):
        day = self.day(moment)
        return {"moment": moment, "day": day, "month": (day.year, day.month), "window": 0}[self.agreement["data"]["substitute"]]

    def choose(self, code, offers):
        """The values of a parameter that count, and the substitutions."""
        ids = [s["id"] for s in self.sources]
        taken, substitutions, settled, spans = [], [], defaultdict(list), defaultdict(lambda: defaultdict(dict))
        by_determination = defaultdict(lambda: defaultdict(int))
        for rank, offer in enumerate(offers):
            for moment, value in offer[code].items():
                names = [d for d in self.determined("substitute", code, moment) if d["source"] in ids]
                if not names:
                    spans[self.span(moment)][rank][moment] = value
                    continue
                by_determination[names[0]["id"]][rank] += 1
                if ids[rank] == names[0]["source"]:
                    taken.append((moment, value))
                    settled[self.span(moment)].append(moment)
        for d in self.determinations:
            if d["id"] in by_determination:
                others = [{"source": ids[r], "had": n, "needed": None} for r, n in sorted(by_determination[d["id"]].items()) if ids[r] != d["source"]]
                substitutions.append({"parameter": code, "source": d["source"], "insteadOf": others, "determination": d["id"]})
        for key, by_rank in sorted(spans.items()):
            some_day = self.day(min(m for values in by_rank.values() for m in values))
            counts = []
            for rank in range(len(ids)):
                days = defaultdict(int)
                for moment in settled[key] + list(by_rank.get(rank, {})):
                    days[self.day(moment)] += 1
                counts.append(self.had(days, (some_day.year, some_day.month)))
            present = sorted(r for r in by_rank)
            chosen = next((r for r in present if counts[r][0] >= counts[r][1]), present[0])
            taken += by_rank[chosen].items()
            if chosen > 0:
                before = [{"source": ids[r], "had": counts[r][0], "needed": counts[r][1]} for r in range(chosen)]
                substitutions.append({"parameter": code, "source": ids[chosen], "insteadOf": before})
        return taken, substitutions

    def lost(self, rows, first, after):
        due = int(self.agreement["limits"]["readingsPerDay"]["value"])
        by_day = defaultdict(set)
        for row in rows:
            by_day[self.day(row["moment"])].add(row["moment"])
        days = (after - first).days
        return due * days - sum(min(due, len(moments)) for moments in by_day.values()), due * days

    def shares(self, whole, first, after):
        accepted = {s for source in self.sources for s in (source["series"] if "series" in source else source["joint"]["halves"] + [source["joint"].get("reserve")])}
        shares = []
        for kind, member in (("maintenance", "maintenancePercent"), ("flagged", "flaggedPercent"), ("lost", "lossPercent")):
            for term in self.agreement["rule"]["terms"] if member in self.agreement.get("limits", {}) else []:
                rows = [r for r in self.rows if r["parameter"] == term["parameter"] and r["source"] in accepted]
                n = sum(r["flag"] in (("M", "C") if kind == "maintenance" else ("M", "C", "D", "T", "Z")) for r in rows)
                n, of = self.lost(rows, first, after) if kind == "lost" else (n, len(rows))
                limit = stated(self.agreement["limits"], member)
                confirming = [d["id"] for d in whole if d["kind"] == "confirm" and term["parameter"] in d.get("parameters", [term["parameter"]])]
                shares.append({
                    "kind": kind, "parameter": term["parameter"], "flagged": n, "observations": of, "limit": plain(limit),
                    "share": plain(rounded(Fraction(100 * n, of))) if of else None, "exceeded": 100 * n > limit * of,
                    "confirmedBy": confirming if 100 * n > limit * of else [],
                })
        return shares


def main(agreement_path, observations_path, determinations_path=None):
    agreement = json.load(open(agreement_path, encoding="utf-8"))
    determinations = json.load(open(determinations_path, encoding="utf-8"))["determinations"] if determinations_path else []
    determinations.sort(key=lambda d: d["id"])
    sign, hours, minutes = agreement["offset"][0], int(agreement["offset"][1:3]), int(agreement["offset"][4:])
    zone = timezone(timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1))
    books = defaultdict(lambda: Book(agreement, determinations, zone))
    for row in csv.DictReader(open(observations_path, encoding="utf-8")):
        row["moment"] = datetime.fromisoformat(row["time"].replace("Z", "+00:00"))
        books[(row["section"], *reference.window_of(agreement["window"], row["moment"].astimezone(zone).date()))].rows.append(row)
    for (section, first, after), book in sorted(books.items(), key=lambda b: b[0]):
        offers, samples = book.offers()
        values, substitutions = defaultdict(lambda: defaultdict(list)), []
        for parameter in agreement["parameters"]:
            taken, substituted = book.choose(parameter["code"], offers)
            substitutions += substituted
            for moment, value in taken:
                values[parameter["code"]][book.day(moment)].append(value)
        stats, _, index, result, tier = reference.decide((first, after, agreement, False), values)
        edges = [datetime(d.year, d.month, d.day, tzinfo=zone) for d in (first, after)]
        shares = book.shares([d for d in determinations if datetime.fromisoformat(d["from"]) <= edges[0] and datetime.fromisoformat(d["to"]) >= edges[1]], first, after)
        measured = result
        if any(s["exceeded"] and not s["confirmedBy"] for s in shares):
            result, tier = "indeterminate", None
        trace = {
            "parameters": [{"parameter": c, "count": s["count"], "meanOfSamples": plain(s["meanOfSamples"])} for c, s in stats.items()],
            "rule": None if index is None else {"index": plain(index)}, "measured": measured, "substitutions": substitutions,
        }
        if any("joint" in s for s in agreement["data"]["sources"]):
            trace["jointSamples"] = samples
        if shares:
            trace["limits"] = shares
        print(json.dumps({"section": section, "result": result, "tier": tier, "trace": trace}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
