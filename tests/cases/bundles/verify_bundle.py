#!/usr/bin/python3
"""Verifies WaterWatch evidence bundles from docs/evidence.md, docs/wire.md and docs/agreements.md alone; shares no code with the C# implementation.

Usage: verify_bundle.py [--operator-key SHA256] BUNDLE      one line for each check; exit status 1 at the first that does not hold
       verify_bundle.py --many BUNDLE...                    one line for each bundle: "holds" or "refused: why"
       verify_bundle.py --changes CHANGES BUNDLE            for each line "position value" of CHANGES: what becomes of the bundle with that one byte

The computation is repeated for weighted indices of one series without determinations; of other outcomes the signatures, chains and digests alone.
Needs the Debian packages python3-cbor2 and python3-cryptography.
"""
import base64
import hashlib
import json
import pathlib
import re
import struct
import sys
import zlib
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from fractions import Fraction

cases = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(cases / "wire"), str(cases / "assessments")]
import reference  # noqa: E402
import verify as wire  # noqa: E402

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: E402
from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec, utils  # noqa: E402

FIRST, REQUIRED = ["manifest.json", "manifest.jws"], {"checkpoint.note", "inclusion.json", "outcome.json", "outcome.jws", "records.cbor", "registry.txt"}
HEX = re.compile("[0-9a-f]{64}")


class Refused(Exception):
    pass


def require(holds, why):
    if not holds:
        raise Refused(why)


def sha256(content):
    return hashlib.sha256(content).hexdigest()


# ---- container

def common(name, content):
    return struct.pack("<HHHHHIIIHH", 10, 0, 0, 0, 0x21, zlib.crc32(content), len(content), len(content), len(name), 0)


def zipped(members):
    """The one file that a list of members has."""
    body, directory = b"", b""
    for name, content in members:
        entry = struct.pack("<4sH", b"PK\1\2", 10) + common(name, content) + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        directory += entry
        body += b"PK\3\4" + common(name, content) + name + content
    return body + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(members), len(members), len(directory), len(body), 0)


def unzipped(data):
    require(len(data) <= 1 << 30, "the file is too large")
    members, at = [], 0
    while data[at:at + 4] == b"PK\3\4":
        require(len(data) >= at + 30, "the file ends within a header")
        size, length = struct.unpack_from("<IH", data, at + 22)
        name, start = data[at + 30:at + 30 + length], at + 30 + length
        require(length <= 100 and re.fullmatch(rb"[a-z0-9-][a-z0-9.-]*(/[a-z0-9-][a-z0-9.-]*)*", name), "a name is not allowed")
        require(start + size <= len(data), "a member reaches beyond the end")
        members.append((name, data[start:start + size]))
        at = start + size
    require(zipped(members) == data, "the file is not what its members require")
    names = [name.decode() for name, _ in members]
    require(names[:2] == FIRST and names[2:] == sorted(set(names[2:])) and not set(FIRST) & set(names[2:]) and len(names) <= 4096, "members are missing, twice or out of order")
    return {name: content for name, (_, content) in zip(names, members)}


# ---- JSON in the form of RFC 8785

def once(pairs):
    require(len(dict(pairs)) == len(pairs), "a member is given twice")
    return dict(pairs)


def parsed(content, name):
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{name} is not JSON: {error}") from error


def canonical(content, name):
    item = parsed(content, name)
    try:
        again = json.dumps(item, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")
    except (ValueError, TypeError) as error:
        raise Refused(f"{name}: {error}") from error
    require(type(item) is dict and again == content, f"{name} is not in the form of RFC 8785")
    return item


# ---- signatures

def read_keys(members):
    keys = {}
    for name in (n for n in members if n.startswith("keys/")):
        fingerprint = sha256(members[name])
        require(name == f"keys/{fingerprint}.der", f"{name} holds another key")
        try:
            key = serialization.load_der_public_key(members[name])
        except (ValueError, UnsupportedAlgorithm) as error:
            raise Refused(f"{name} is no key: {error}") from error
        require(isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1", f"{name} is not on P-256")
        again = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        require(again == members[name], f"{name} is not in the one form of a key")
        keys[fingerprint] = key
    return keys


def unpadded(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def require_signature(members, name, content, kind, fingerprint, keys):
    require(name in members, f"{name} is missing")
    parts = members[name].split(b".")
    require(len(parts) == 3 and parts[1] == b"" and len(members[name]) <= 4096, f"{name} is not a detached signature")
    try:
        header, raw = (base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)) for part in (parts[0], parts[2]))
    except ValueError as error:
        raise Refused(f"{name}: {error}") from error
    require(unpadded(raw) == parts[2] and len(raw) == 64, f"{name} is not 64 bytes in base64url")
    said = parsed(header, name)
    require(type(said) is dict and said.get("alg") == "ES256" and said.get("typ") == kind and said.get("kid") == fingerprint and "crit" not in said, f"{name} is not by {fingerprint} as {kind}")
    require(fingerprint in keys, f"the key {fingerprint} is missing")
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    try:
        keys[fingerprint].verify(utils.encode_dss_signature(r, s), parts[0] + b"." + unpadded(content), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Refused(f"{name} does not hold") from error


# ---- registry

def read_registry(content):
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Refused("the registry is not UTF-8") from error
    require(lines[0] == "waterwatch registry 1" and lines[-1] == "", "the registry has another heading or end")
    require(lines[1:-1] == sorted(set(lines[1:-1])), "the registry is not in order")
    placements, stations = defaultdict(list), {}
    for line in lines[1:-1]:
        kind, *rest = line.split(" ", 3)
        if kind == "section" and len(rest) == 3:
            placements[rest[0]].append((None if rest[1] == "-" else rest[1], rest[2]))
        elif kind == "key" and len(rest) in (2, 3) and HEX.fullmatch(rest[1]) and rest[2:] in ([], ["attested"]):
            stations[rest[1]] = rest[0]
        else:
            require(kind == "revoked" and len(rest) == 2 and HEX.fullmatch(rest[0]), f"'{line}' is no entry of a registry")
    return placements, stations


def section_at(placements, station, moment):
    """Moments of the registry and of records are written alike, so that their texts compare as they do."""
    return next((section for since, section in reversed(placements[station]) if since is None or since <= moment), None)


# ---- records

def read_records(content, deployment, stations, keys):
    raw = {bytes.fromhex(fingerprint): key for fingerprint, key in keys.items()}
    records, at = [], 0
    while at < len(content):
        try:
            shown, wrong, at = wire.envelope(content, at, raw)
        except wire.Refused as error:
            raise Refused(f"at byte {at} of the records: {error}") from error
        require("record" in shown, "an envelope is not a record")
        record = shown["record"]
        require(record["deployment"] == deployment, "a record belongs to another deployment")
        require(stations.get(shown["keyId"]) == record["station"], "the key of a record is not enrolled for its station")
        records.append((shown, wrong))
    places = [(r["record"]["station"], r["record"]["run"], r["record"]["sequence"], r["digest"]) for r, _ in records]
    require(all(a < b for a, b in zip(places, places[1:])), "records are twice or not in order")
    try:
        wire.authenticate(records)
    except wire.Refused as error:
        raise Refused(f"a record is not authentic: {error}") from error
    return [shown for shown, _ in records]


def check_chains(records, cut, times):
    runs, losses = defaultdict(lambda: defaultdict(dict)), defaultdict(list)
    for shown in records:
        record = shown["record"]
        runs[record["station"], record["run"]][record["sequence"]][shown["digest"]] = record
        if "loss" in record:
            losses[record["station"], record["loss"]["run"]].append(record["loss"])
    for run in runs.values():
        for sequence, same in run.items():
            for record in same.values():
                require(sequence - 1 not in run or record["previous"] in run[sequence - 1], "a chain is broken")
    for last in cut:
        place = last["station"], last["run"]
        run = runs[place]
        require(last["digest"] in run[last["sequence"]], "the record at which the cut ends is missing")
        for sequence in range(1, last["sequence"] + 1):
            closing = [one for one in losses[place] if one["first"] <= sequence <= one["last"]]
            require(run[sequence] or closing, f"record {sequence} of a run is missing and not declared lost")
            told = {one["lastDigest"] for one in losses[place] if one["last"] == sequence and "lastDigest" in one}
            named = {record["previous"] for record in run[sequence + 1].values()} if not run[sequence] and sequence < last["sequence"] else set()
            require(not told or named <= told, "a record names another one before it than was declared lost")
    reach = {(last["station"], last["run"]): last["sequence"] for last in cut}
    for shown in records:
        record = shown["record"]
        held = record["sequence"] <= reach.get((record["station"], record["run"]), 0)
        checked = record.get("event", {}).get("type") in (2, 3)
        dates = times and record["clock"]["status"] == 1 and "errorMilliseconds" in record["clock"]
        require(held or record["sequence"] == 1 or "loss" in record or checked or dates, "a record is there without a reason")
    return reach


# ---- log

def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def roots_of(size, entries, sizes, hashes):
    """The root that follows from entries at places and the hashes of all subtrees without any and in which no size ends; and the roots at the sizes."""
    places = sorted(entries)
    rest, perfect = iter(hashes), {}

    def below(start, count, inside, ends):
        if not inside and not ends:
            root = next(rest)
        elif count == 1:
            root = leaf(entries[inside[0]])
        else:
            left = 1 << (count - 1).bit_length() - 1
            middle = start + left
            root = node(below(start, left, [p for p in inside if p < middle], [e for e in ends if e < middle]),
                        below(middle, count - left, [p for p in inside if p >= middle], [e for e in ends if e > middle]))
        if count & (count - 1) == 0:
            perfect[start, count] = root
        return root

    def root_at(end):
        root, left = None, end
        while left:
            count = left & -left
            left -= count
            root = perfect[left, count] if root is None else node(perfect[left, count], root)
        return root

    try:
        root = below(0, size, places, sizes)
    except StopIteration as error:
        raise Refused("hashes of the log are missing") from error
    require(next(rest, None) is None, "there are more hashes of the log than needed")
    return root, {end: root_at(end) for end in sizes}


def base64_digest(text, where):
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused(f"{where} is not base64") from error
    require(len(raw) == 32 and base64.b64encode(raw).decode() == text, f"{where} is not a digest in base64")
    return raw


def number(text, where):
    require(re.fullmatch("0|[1-9][0-9]{0,18}", text) and int(text) < 1 << 63, f"{where} is not a size")
    return int(text)


def read_checkpoint(content, manifest, keys):
    """A signed note of c2sp.org/signed-note with an ECDSA signature (type 0x02) whose text is a checkpoint of c2sp.org/tlog-checkpoint."""
    require(len(content) <= 131072, "the checkpoint is too large")
    text, blank, signatures = content.decode("utf-8").partition("\n\n")
    lines, signed = text.split("\n"), signatures.split("\n")
    require(blank and len(lines) in (3, 4) and signed.pop() == "" and 1 <= len(signed) <= 16, "the checkpoint has another form")
    origin, size, root = lines[0], number(lines[1], "the size of the checkpoint"), base64_digest(lines[2], "the root of the checkpoint")
    log = origin.split("/")
    require(log[:-1] == [manifest["deployment"], manifest["operator"]["id"]] and re.fullmatch("[0-9a-f]{32}", log[-1]), "the checkpoint is of another log")
    continues = None
    if len(lines) == 4:
        before = lines[3].split(" ")
        require(len(before) == 4 and before[0] == "continues" and re.fullmatch("[0-9a-f]{32}", before[1]), "the fourth line of the checkpoint is none")
        base64_digest(before[3], "the root of the log before")
        continues = number(before[2], "the size of the log before")
    operator, held = manifest["operator"]["key"], 0
    for line in signed:
        parts = line.split(" ")
        require(len(parts) == 3 and parts[0] == "\u2014" and parts[1] and not re.search(r"[\s+\x00-\x1f\x7f-\x9f]", parts[1]), "a signature line of the checkpoint has another form")
        raw = base64.b64decode(parts[2], validate=True)
        require(len(raw) > 4 and base64.b64encode(raw).decode() == parts[2], "a signature of the checkpoint has another form")
        if parts[1] == origin and raw[:4] == bytes.fromhex(operator)[:4]:
            require(utils.encode_dss_signature(*utils.decode_dss_signature(raw[4:])) == raw[4:], "a signature of the checkpoint is not in DER")
            try:
                keys[operator].verify(raw[4:], (text + "\n").encode(), ec.ECDSA(hashes.SHA256()))
            except InvalidSignature as error:
                raise Refused("the checkpoint is not signed by the operator") from error
            held += 1
    require(held > 0, "the operator did not sign the checkpoint")
    return origin, size, root, continues


def read_receipts(content, manifest, records, keys):
    raw = {bytes.fromhex(fingerprint): key for fingerprint, key in keys.items()}
    named = {(r["record"]["station"], seen["operator"], seen["receipt"]) for r in records for seen in r["record"].get("receipts", [])}
    receipts, at = [], 0
    while at < len(content or b""):
        try:
            shown, wrong, at = wire.envelope(content, at, raw)
        except wire.Refused as error:
            raise Refused(f"at byte {at} of the receipts: {error}") from error
        require(wrong is None and "receipt" in shown, "a receipt is not signed, or is none")
        receipt = shown["receipt"]
        require(receipt["deployment"] == manifest["deployment"] and (receipt["station"], receipt["operator"], shown["digest"]) in named, "a receipt that no record names")
        own = shown["keyId"] == manifest["operator"]["key"]
        require(own == (receipt["operator"] == manifest["operator"]["id"]), "a receipt is by another key than its operator's")
        receipts.append((shown["digest"], shown["keyId"], own, receipt))
    require(all(a[0] < b[0] for a, b in zip(receipts, receipts[1:])) and (receipts or content is None), "receipts are twice, out of order or none")
    days = {}
    for shown in records:
        record = shown["record"]
        if "receipts" in record:
            day = record["station"], record["run"], record["wall"][:10]
            if record["sequence"] > days.get(day, (0, []))[0]:
                days[day] = record["sequence"], [seen["receipt"] for seen in record["receipts"] if seen["operator"] == manifest["operator"]["id"]]
    return receipts, {digest for _, digests in days.values() for digest in digests}


def check_log(members, manifest, records, keys):
    origin, size, root, continues = read_checkpoint(members["checkpoint.note"], manifest, keys)
    log = canonical(members["inclusion.json"], "inclusion.json")
    require(set(log) == {"hashes", "indices", "root", "size"} and type(log["size"]) is int, "inclusion.json has other members")
    require((log["size"], log["root"]) == (size, root.hex()), "inclusion.json states another size or root than the checkpoint")
    require(all(type(i) is int and 0 <= i < log["size"] for i in log["indices"]) and len(set(log["indices"])) == len(records) == len(log["indices"]), "places in the log do not fit")
    require(all(type(h) is str and HEX.fullmatch(h) for h in [log["root"], *log["hashes"]]), "a hash of the log is none")
    receipts, due = read_receipts(members.get("receipts.cbor"), manifest, records, keys)
    own = [receipt for _, _, is_own, receipt in receipts if is_own]
    entries = {index: bytes.fromhex(shown["digest"]) for index, shown in zip(log["indices"], records)}
    sizes = sorted({r["logSize"] for r in own if 0 < r["logSize"] < size})
    found, roots = (hashlib.sha256(b"").digest(), {}) if size == 0 else roots_of(size, entries, sizes, [bytes.fromhex(h) for h in log["hashes"]])
    require(found == root, "the records do not lead to the root of the log")
    roots |= {0: hashlib.sha256(b"").digest(), size: root}
    for receipt in own:
        put_back = continues is not None and receipt["logSize"] > continues
        require(put_back or receipt["logSize"] <= size, f"a receipt knows {receipt['logSize']} records, the checkpoint {size}")
        require(put_back or roots[receipt["logSize"]].hex() == receipt["logRoot"], f"two roots at {receipt['logSize']} records: the operator has signed two histories")
    return origin, size, root.hex(), len(due & {digest for digest, _, _, _ in receipts}), len(due), {key for _, key, _, _ in receipts}


# ---- determinations

def check_determinations(members, manifest, agreement, digest, keys):
    names = sorted(n for n in members if n.startswith("determinations/"))
    if digest is None:
        require(not names and manifest["parties"] == {}, "determinations on which the outcome does not rest")
        return 0
    parties = sorted(p["id"] for p in agreement["parties"])
    require(sorted(manifest["parties"]) == parties, "keys of parties are missing")
    count = sum(n.endswith(".json") for n in names)
    expected = [f"determinations/{v}{end}" for v in range(1, count + 1) for end in [".json", *(f".{p}.jws" for p in parties)]]
    require(sorted(expected) == names, "determinations or signatures are missing, or there are others")
    previous = None
    for version in range(1, count + 1):
        content = members[f"determinations/{version}.json"]
        document = parsed(content, f"determinations/{version}.json")
        require((document.get("agreement"), document.get("version"), document.get("previous")) == (agreement["id"], version, previous), "the determinations do not follow each other")
        for party in parties:
            require_signature(members, f"determinations/{version}.{party}.jws", content, "waterwatch-determination", manifest["parties"][party], keys)
        previous = sha256(content)
    require(previous == digest, "the outcome rests on other determinations")
    return count


# ---- computation

def in_station_order(records):
    before = {r["record"]["run"]: r["record"]["previousRun"]["run"] for r in records if "previousRun" in r["record"]}

    def depth(run):
        seen = {run}
        while (run := before.get(run)) is not None and run not in seen:
            seen.add(run)
        return len(seen)

    return sorted(records, key=lambda r: (depth(r["record"]["run"]), r["record"]["run"], r["record"]["sequence"]))


def compute(outcome, agreements, records, placements, reach):
    """Compares means, index, result and payment; None, or why this program does not compute them."""
    versions = [a for _, a in sorted(agreements.items())]
    agreement = agreements[outcome["agreement"]["version"]]
    data, stations = agreement["data"], {r["record"]["station"] for r in records}
    if agreement["rule"]["kind"] != "weightedIndex" or agreement["rule"]["roundInputs"] != "none" or agreement["rule"]["compareOn"] != "raw":
        return "the rule is another one"
    if outcome["cut"]["determinations"] or len(stations) > 1 or any(data.get(m) for m in ("series", "quality", "checks", "sources", "time")):
        return "determinations, checks, quality tests, times or several series decide"
    sign, hours, minutes = agreement["offset"][0], int(agreement["offset"][1:3]), int(agreement["offset"][4:])
    zone = timezone(timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1))
    start, end = (datetime.fromisoformat(outcome["window"][edge]) for edge in ("from", "to"))
    as_of = datetime.fromisoformat(outcome["cut"]["asOf"])
    identities = defaultdict(set)
    for shown in records:
        identities[shown["record"]["run"], shown["record"]["sequence"]].add(shown["digest"])
    standing = {}
    for shown in in_station_order([r for r in records if len(identities[r["record"]["run"], r["record"]["sequence"]]) == 1]):
        record = shown["record"]
        if record["sequence"] > reach.get((record["station"], record["run"]), 0):
            continue
        for reading in record.get("readings", {}).get("readings", []):
            moment = datetime.fromisoformat(reading["sampledTo"].replace("Z", "+00:00"))
            if start <= moment < end and moment <= as_of and section_at(placements, record["station"], reading["sampledTo"]) == outcome["section"]:
                standing[reading["instrument"], reading["parameter"], moment] = reading
    values = defaultdict(lambda: defaultdict(list))
    for (_, parameter, moment), reading in standing.items():
        amount = reference.amount({"value": None} | reading)
        if amount is not None:
            values[parameter][moment.astimezone(zone).date()].append(amount)
    window = next(w for w in reference.windows_of(versions) if (w[0], w[1]) == (start.date(), end.date()))
    stats, _, index, result, tier = reference.decide(window, values)
    for stated in outcome["trace"]["parameters"]:
        own = stats[stated["parameter"]]
        for member in ("meanOfSamples", "meanOfMonthlyMeans"):
            require(reference.plain(own[member]) == stated[member], f"{member} of {stated['parameter']} is {reference.plain(own[member])}, not {stated[member]}")
        require(own["count"] == sum(m["count"] for m in stated["months"] if m["counts"]), f"another count of {stated['parameter']}")
    require(outcome["trace"]["rule"] is None if index is None else outcome["trace"]["rule"]["index"] == reference.plain(index), "another index")
    require((outcome["result"], outcome["tier"]) == (result, tier), f"the means come to {result}, {tier}")
    pays = next((t["pays"] for t in [*agreement["rule"]["tiers"], agreement["rule"]["otherwise"]] if t["id"] == tier and "pays" in t), None)
    require((outcome["payer"], outcome["payee"]) == ((pays["payer"], pays["payee"]) if pays else (None, None)), "somebody else pays")
    require((Fraction(outcome["amount"]["value"]) if outcome["amount"] else None) == (reference.stated(pays, "amount") if pays else None), "another amount")
    return None


# ---- everything

def verify(data, operator_key, say):
    members = unzipped(data)
    say(f"container: {len(members)} members in {len(data)} bytes")
    manifest = canonical(members["manifest.json"], "manifest.json")
    require(set(manifest) == {"agreement", "deployment", "format", "members", "operator", "parties", "section", "window"} and manifest["format"] == "waterwatch/bundle/1", "the manifest has other members")
    listed = [{"bytes": len(content), "name": name, "sha256": sha256(content)} for name, content in members.items() if name not in FIRST]
    require(manifest["members"] == listed, "the manifest lists other members than there are")
    named = {m["name"] for m in listed}
    require(REQUIRED <= named and all(n in REQUIRED or n == "receipts.cbor" or n.split("/")[0] in ("agreement", "determinations", "keys", "samples") and "/" in n for n in named), "members are missing or do not belong there")
    say(f"manifest: {manifest['agreement']}, {manifest['section']}, {manifest['window']}")
    keys, operator = read_keys(members), manifest["operator"]["key"]
    require(operator_key in (None, operator), "another operator's key was expected")
    require_signature(members, "manifest.jws", members["manifest.json"], "waterwatch-bundle", operator, keys)
    say(f"operator: {manifest['operator']['id']} signed with {operator}")
    require_signature(members, "outcome.jws", members["outcome.json"], "waterwatch-outcome", operator, keys)
    outcome = canonical(members["outcome.json"], "outcome.json")
    require((outcome["agreement"]["id"], outcome["section"], outcome["window"]["label"]) == (manifest["agreement"], manifest["section"], manifest["window"]), "the outcome is another one")
    say(f"outcome: signed; {outcome['state']}, {outcome['result']}")
    documents = {name: members[name] for name in members if name.startswith("agreement/")}
    agreements = {parsed(content, name)["version"]: parsed(content, name) for name, content in documents.items()}
    require(all(name == f"agreement/{parsed(content, name)['version']}.json" and parsed(content, name)["id"] == manifest["agreement"] for name, content in documents.items()), "an agreement is another one")
    assessing = documents.get(f"agreement/{outcome['agreement']['version']}.json", b"")
    require(sha256(assessing) == outcome["agreement"]["digest"] == outcome["cut"]["agreement"], "the outcome was decided under another agreement")
    say(f"agreement: {outcome['agreement']['digest']}")
    require(sha256(members["registry.txt"]) == outcome["cut"]["registry"], "the outcome was decided under another registry")
    placements, stations = read_registry(members["registry.txt"])
    say(f"registry: {outcome['cut']['registry']}")
    records = read_records(members["records.cbor"], manifest["deployment"], stations, keys)
    reach = check_chains(records, outcome["cut"]["stations"], "time" in agreements[outcome["agreement"]["version"]]["data"])
    say(f"records: {len(records)}, authentic, chained and complete up to the end of the cut")
    origin, size, root, agreeing, due, signers = check_log(members, manifest, records, keys)
    say(f"log: all records are in the log {origin} of size {size} and root {root}, as its checkpoint says; {agreeing} of {due} receipts that stand for a day are here and agree")
    count = check_determinations(members, manifest, agreements[max(agreements)], outcome["cut"]["determinations"], keys)
    say(f"determinations: {count} versions")
    files = [name for name in members if name.startswith("samples/")]
    require(set(files) == {f"samples/{n + 1}.csv" for n in range(len(files))}, "the files of joint samples are not counted from 1")
    require(sorted(sha256(members[name]) for name in files) == sorted(s["sha256"] for s in outcome["cut"].get("samples", [])), "other files of joint samples than the outcome names")
    say(f"joint samples: {len(files)} files")
    used = {operator, *signers, *manifest["parties"].values(), *(shown["keyId"] for shown in records)}
    require(used == set(keys), "a key signed nothing")
    not_computed = compute(outcome, agreements, records, placements, reach)
    say("computation: " + (f"not repeated here, {not_computed}" if not_computed else f"means, index, result and payment recomputed from the records: {outcome['result']}, {outcome['tier']}"))


def checked(data, operator_key, say):
    try:
        verify(data, operator_key, say)
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise Refused(f"a document has another form than it should: {error!r}") from error


def verdict(data):
    try:
        checked(data, None, lambda line: None)
        return "holds"
    except Refused as reason:
        return f"refused: {reason}"


def main(*arguments):
    if len(arguments) >= 2 and arguments[0] == "--many":
        for path in arguments[1:]:
            print(verdict(pathlib.Path(path).read_bytes()))
    elif len(arguments) == 3 and arguments[0] == "--changes":
        data = pathlib.Path(arguments[2]).read_bytes()
        for line in pathlib.Path(arguments[1]).read_text(encoding="ascii").splitlines():
            position, value = map(int, line.split())
            print(verdict(data[:position] + bytes([value]) + data[position + 1:]))
    elif len(arguments) == 1 or (len(arguments) == 3 and arguments[0] == "--operator-key"):
        try:
            checked(pathlib.Path(arguments[-1]).read_bytes(), arguments[1] if len(arguments) == 3 else None, lambda line: print(f"holds: {line}"))
        except Refused as reason:
            sys.exit(f"DOES NOT HOLD: {reason}")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
