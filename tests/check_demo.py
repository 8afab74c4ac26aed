"""Checks what the demo wrote: the schema, the signatures, and the figures of Jiekou against an own computation from the recorded readings.

    check_demo.py OUTCOMES.json REPOSITORY

Debian's python3-jsonschema and python3-cryptography; shares no code with the product.
"""
import base64
import csv
import hashlib
import json
import pathlib
import sys
from collections import defaultdict
from fractions import Fraction

import jsonschema
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

FOUR = ["w01019", "w21003", "w21011", "w21001"]


def check_schema(outcomes, repository):
    schema = json.loads((repository / "docs/outcome.schema.json").read_text(encoding="utf-8"))
    for outcome in outcomes:
        jsonschema.validate(outcome, schema)
        assert outcome["illustrative"] is True


def check_signatures(outcomes, signatures):
    """RFC 7515 appendix F over the RFC 8785 form, which for outcomes is sorted keys without spaces and numbers that are whole."""
    key = load_pem_public_key(signatures["publicKey"].encode())
    assert len(signatures["outcomes"]) == len(outcomes)
    for outcome, signed in zip(outcomes, signatures["outcomes"]):
        document = json.dumps(outcome, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert hashlib.sha256(document).hexdigest() == signed["digest"]
        header, detached, signature = signed["jws"].split(".")
        assert detached == ""
        raw = base64.urlsafe_b64decode(signature + "==")
        payload = base64.urlsafe_b64encode(document).rstrip(b"=").decode()
        der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key.verify(der, f"{header}.{payload}".encode(), ec.ECDSA(SHA256()))


def jiekou(repository):
    """The readings of the year from May 2020: instants with all four values and flag N, and instants with flag M."""
    instants = defaultdict(dict)
    flags = {}
    with open(repository / "demo/data/jiekou.csv", encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            if "2020-05" <= line["time"][:7] <= "2021-04":
                flags[line["time"]] = line["flag"]
                if line["value"]:
                    instants[line["time"]][line["parameter"]] = Fraction(line["value"])
    used = {time: values for time, values in instants.items() if flags[time] == "N" and all(p in values for p in FOUR)}
    return used, [time for time, flag in flags.items() if flag == "M"]


def starts(decimal, exact):
    """Whether a printed decimal is a fraction rounded at its last digits."""
    return abs(Fraction(decimal) - exact) < Fraction(1, 10**18)


def check_jiekou(outcomes, repository):
    used, maintained = jiekou(repository)
    assert (len(used), len(maintained)) == (148, 87)
    year, = [o for o in outcomes if o["agreement"]["id"] == "xinanjiang-round-3-from-may"]
    trace = year["trace"]
    assert trace["readings"]["count"] == 148
    assert [(r["flag"], r["records"]) for r in trace["excluded"]["byReason"]] == [("M", 87)]
    assert not any("2020-03-10" in r["time"] for r in trace["readings"]["records"] + trace["excluded"]["records"])
    for parameter in trace["parameters"]:
        code = parameter["parameter"]
        months = defaultdict(list)
        for time, values in used.items():
            months[time[:7]].append(values[code])
        assert len(months) == 9
        samples = [v for values in months.values() for v in values]
        assert starts(parameter["meanOfSamples"], sum(samples) / len(samples)), code
        assert starts(parameter["meanOfMonthlyMeans"], sum(sum(m) / len(m) for m in months.values()) / len(months)), code
    rule = trace["rule"]
    index = Fraction(rule["k0"]) * sum(Fraction(t["weight"]) * Fraction(t["mean"]) / Fraction(t["baseline"]) for t in rule["terms"])
    assert starts(rule["index"], index)
    assert year["result"] == "pass" and year["payer"] == "zhejiang" and year["payee"] == "anhui" and year["margin"]
    days = {(a["completeness"]["daysPerMonth"]["value"], a["completeness"]["daysPerMonth"]["unit"], a["statistic"]): a["verdict"]["result"] for a in trace["alternatives"]}
    assert days[(1, "days", "meanOfMonthlyMeans")] == "pass" and days[(60, "percent", "meanOfMonthlyMeans")] == "indeterminate", days
    calendar, = [o for o in outcomes if o["agreement"]["id"] == "xinanjiang-round-3" and o["window"]["label"] == "2020"]
    assert calendar["result"] == "indeterminate" and calendar["reasons"][0]["en"].startswith("5 of 12 months"), calendar["reasons"]


def main(file, repository):
    outcomes = json.loads(file.read_text(encoding="utf-8"))
    assert len({o["section"] for o in outcomes}) >= 11, "fewer than eleven sections"
    check_schema(outcomes, repository)
    check_signatures(outcomes, json.loads(file.with_suffix(".signatures.json").read_text(encoding="utf-8")))
    check_jiekou(outcomes, repository)
    print(f"{len(outcomes)} outcomes hold")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
