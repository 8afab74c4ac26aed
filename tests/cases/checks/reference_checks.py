"""An independent computation of what failed checks exclude, from docs/agreements.md alone.

reference_checks.py AGREEMENT.json OBSERVATIONS.csv CHECKS.csv writes, for each parameter and month of a section, how many values count, as one
JSON line per section and month. It asks of each reading by itself whether the instrument was known to be right, and knows no spans.
"""
import csv
import json
import sys
from collections import defaultdict
from datetime import datetime, timedelta, timezone

SAME = ("section", "source", "instrument", "parameter")


def moment(row):
    return datetime.fromisoformat(row["time"])


def is_doubtful(reading, checks):
    at, own = moment(reading), [c for c in checks if all(c[m] == reading[m] for m in SAME)]
    for failed in (c for c in own if c["passed"] == "false"):
        good = [moment(c) for c in own if c["passed"] == "true" and c["kind"] in (failed["kind"], "calibration")]
        first, last = sorted([at, moment(failed)])
        if not any(first <= g < last for g in good):
            return True
    return False


def main(agreement_path, observations_path, checks_path):
    agreement = json.load(open(agreement_path, encoding="utf-8"))
    zone = timezone(timedelta(hours=int(agreement["offset"][1:3])))
    checks = list(csv.DictReader(open(checks_path, encoding="utf-8")))
    counts = defaultdict(lambda: {p["code"]: 0 for p in agreement["parameters"]})
    for row in csv.DictReader(open(observations_path, encoding="utf-8")):
        month = moment(row).astimezone(zone).strftime("%Y-%m")
        counts[row["section"], month][row["parameter"]] += not is_doubtful(row, checks)
    for (section, month), values in sorted(counts.items()):
        print(json.dumps({"section": section, "window": {"label": month}, "trace": {"parameters": [{"parameter": p, "count": n} for p, n in values.items()]}}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
