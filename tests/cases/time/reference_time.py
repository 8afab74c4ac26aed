"""An independent resolution of the times of records, from docs/agreements.md alone.

reference_time.py CASE.json writes for each record of the case one JSON line: its method and the ends of its interval, in milliseconds.
A record is {"station", "boot", "count", "wall", "error"}; error is null where the clock was not synchronised.
"""
import json
import sys
from fractions import Fraction
from math import ceil, floor


def resolve(record, records, drift, least):
    if record["error"] is not None:
        error = max(record["error"], least)
        return "clock", record["wall"] - error, record["wall"] + error
    anchors = [r for r in records if r["error"] is not None and (r["station"], r["boot"]) == (record["station"], record["boot"])]
    if not anchors:
        return "unresolved", None, None
    bounds = []
    for anchor in anchors:
        counted = record["count"] - anchor["count"]
        spread = abs(counted) * drift + max(anchor["error"], least)
        bounds.append((anchor["wall"] + counted - spread, anchor["wall"] + counted + spread, counted >= 0))
    earliest, latest = max(b[0] for b in bounds), min(b[1] for b in bounds)
    if earliest > latest:
        return "contradictory", None, None
    sides = [any(b[end] == value and b[2] for b in bounds) for end, value in ((0, earliest), (1, latest))]
    method = "anchor-before" if all(sides) else "anchors-between" if any(sides) else "anchor-after"
    return method, floor(earliest), ceil(latest)


def main(path):
    case = json.load(open(path, encoding="utf-8"))
    drift = Fraction(case["driftPpm"], 1_000_000)
    for record in case["records"]:
        method, earliest, latest = resolve(record, case["records"], drift, case.get("leastErrorMilliseconds", 0))
        print(json.dumps({"method": method, "earliest": earliest, "latest": latest}))


if __name__ == "__main__":
    main(sys.argv[1])
