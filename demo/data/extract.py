#!/usr/bin/env python3
"""Makes the CSV files of this folder from two flattened copies of the published national data.

usage: extract.py JIEKOU.csv DAILY.csv

JIEKOU.csv holds every collected row of the section Jiekou, DAILY.csv every section, both with the columns
file_date, province, section, obs_time_mmdd_hhmm, <parameter>_shown, <parameter>_raw ..., status.
The sections come from sections.json beside this script; the result is written there too. Standard library only.
"""
import csv
import datetime
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
CHINA = "+08:00"
HEADER = ["section", "time", "parameter", "value", "unit", "flag"]

# column of the source: (national factor code, UCUM unit)
PARAMETERS = {
    "temp": ("w01010", "Cel"),
    "ph": ("w01001", "[pH]"),
    "do": ("w01009", "mg/L"),
    "ec": ("w01014", "uS/cm"),
    "turb": ("w01003", "{NTU}"),
    "codmn": ("w01019", "mg/L"),
    "nh3n": ("w21003", "mg/L"),
    "tp": ("w21011", "mg/L"),
    "tn": ("w21001", "mg/L"),
}
CLASS_PARAMETERS = ["ph", "do", "codmn", "nh3n", "tp"]
FLAGS = {"正常": "N", "维护": "M", "停站": "B"}
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]{1,12})?")


def observed_at(file_date, month_day_time):
    """The page shows no year: take the latest such day that is not after the day of the file."""
    collected = datetime.date.fromisoformat(file_date)
    month, day, hour, minute = map(int, re.fullmatch(r"(\d\d)-(\d\d) (\d\d):(\d\d)", month_day_time).groups())
    for year in range(collected.year, collected.year - 9, -1):
        try:
            observed = datetime.datetime(year, month, day, hour, minute)
        except ValueError:  # 29 February of a common year
            continue
        if observed.date() <= collected:
            return observed.isoformat(timespec="seconds") + CHINA
    raise ValueError(f"no year for {month_day_time} before {file_date}")


def digits(row, column):
    """The digits before rounding where the source has them, else those shown; None where no instrument exists."""
    text = row[column + "_raw"] or row[column + "_shown"]
    if text in ("*", "--"):
        return None if text == "*" else ""
    if not PLAIN.fullmatch(text) or len(text.lstrip("-0.").replace(".", "")) > 15:
        raise ValueError(f"{row['file_date']} {row['section']} {column}: '{text}' is not a plain number of at most 15 digits and 12 decimals")
    return text


def convert(rows, columns, target):
    """Writes one file and returns what the README's table says about it."""
    lines, instants, untimed, flags = 0, 0, 0, {}
    with open(target, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        for row in rows:
            if not re.search(r"\d", row["obs_time_mmdd_hhmm"]):
                untimed += 1
                continue
            time, flag = observed_at(row["file_date"], row["obs_time_mmdd_hhmm"]), FLAGS[row["status"]]
            instants += 1
            flags[flag] = flags.get(flag, 0) + 1
            for column in columns:
                value = digits(row, column)
                if value is not None:
                    code, unit = PARAMETERS[column]
                    writer.writerow([row["section"], time, code, value, unit, flag])
                    lines += 1
    return [len(rows), untimed, instants, flags.get("N", 0), flags.get("M", 0), flags.get("B", 0), lines]


def main(jiekou, daily):
    def read(path):
        with open(path, encoding="utf-8", newline="") as source:
            return list(csv.DictReader(source))

    everything = read(daily)
    for section in json.loads((HERE / "sections.json").read_text(encoding="utf-8"))["sections"]:
        whole = section["station"] == "JIEKOU"
        rows = read(jiekou) if whole else [
            row for row in everything
            if (row["section"], row["province"]) == (section["section"], section["province"]["zh"])
            and "2020-07-01" <= row["file_date"] <= "2020-12-31"]
        counts = convert(rows, PARAMETERS if whole else CLASS_PARAMETERS, HERE / section["file"])
        print("|", " | ".join(map(str, [section["file"], *counts])), "|")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
