#!/usr/bin/python3
"""Verifies WaterWatch envelopes from docs/wire.md alone; shares no code with the C# implementation.

Usage: verify.py KEY.pem[,KEY.pem...] FILE...

KEY.pem is a public key (SubjectPublicKeyInfo). FILE.cbor holds one envelope, FILE.cborseq a message of several.
Prints one line of JSON per file: {"file", "content"} or {"file", "refused"}. Exit status 1 when any was refused.
Needs the Debian packages python3-cbor2 and python3-cryptography.
"""
import datetime
import decimal
import hashlib
import io
import json
import re
import sys

try:
    import cbor2
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, utils
except ImportError as missing:
    sys.exit(f"{missing}; install the Debian packages python3-cbor2 and python3-cryptography")

ENVELOPE, MESSAGE, ENVELOPES, DEPTH = 65_536, 1_048_576, 4096, 8
LAST = 2**63 - 1


class Refused(Exception):
    pass


class Unmapped(Exception):
    pass


# ---- deterministic encoding: what decodes and encodes again to the same bytes

def head(major, n):
    for info, size in ((None, 0), (24, 1), (25, 2), (26, 4), (27, 8)):
        if info is None and n < 24:
            return bytes([major << 5 | n])
        if info is not None and n < 1 << (8 * size):
            return bytes([major << 5 | info]) + n.to_bytes(size, "big")
    raise Refused("a number beyond 64 bits")


def whole(n):
    return head(0, n) if n >= 0 else head(1, -1 - n)


def encode(item, depth=0):
    if depth > DEPTH:
        raise Refused(f"nested deeper than {DEPTH}")
    if item is True or item is False:
        return b"\xf5" if item else b"\xf4"
    if type(item) is int:
        return whole(item)
    if type(item) is bytes:
        return head(2, len(item)) + item
    if type(item) is str:
        utf8 = item.encode("utf-8")
        return head(3, len(utf8)) + utf8
    if type(item) is list:
        return head(4, len(item)) + b"".join(encode(x, depth + 1) for x in item)
    if type(item) is dict:
        if any(type(k) is not int or not 0 <= k <= 23 for k in item):
            raise Refused("map keys are whole numbers from 0 to 23")
        return head(5, len(item)) + b"".join(whole(k) + encode(item[k], depth + 1) for k in sorted(item))
    if type(item) is decimal.Decimal and item.is_finite():
        sign, digits, exponent = item.as_tuple()
        mantissa = int("".join(map(str, digits)))
        return b"\xc4\x82" + whole(exponent) + whole(-mantissa if sign else mantissa)
    raise Refused(f"{type(item).__name__} is not used in payloads")


def decode(data):
    stream = io.BytesIO(data)
    try:
        item = cbor2.CBORDecoder(stream).decode()
        again = encode(item)
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"not CBOR: {error!r}") from error
    if again != data:
        raise Refused("not in deterministic encoding")
    return item


# ---- the envelope

def byte_string(data, at):
    """The byte string at a place, and the place after it."""
    first = data[at] if at < len(data) else 0
    if first >> 5 != 2 or first & 31 > 26:
        raise Refused(f"a definite byte string was expected at byte {at}")
    size = {24: 1, 25: 2, 26: 4}.get(first & 31, 0)
    length = int.from_bytes(data[at + 1:at + 1 + size], "big") if size else first & 31
    start = at + 1 + size
    if data[at:start] != head(2, length) or start + length > len(data):
        raise Refused(f"the byte string at byte {at} has a length that is not minimal or beyond the end")
    return data[start:start + length], start + length


def envelope(data, at, keys):
    """Reads the envelope at a place; returns what it shows, why its signature does not hold or None, and the place after it."""
    if data[at:at + 2] != b"\xd2\x84":
        raise Refused("an envelope begins with D2 84")
    protected, end = byte_string(data, at + 2)
    if data[end:end + 1] != b"\xa0":
        raise Refused("the unprotected header is not the empty map A0")
    payload, end = byte_string(data, end + 1)
    signature, end = byte_string(data, end)
    if len(signature) != 64:
        raise Refused("the signature has not 64 bytes")
    if end - at > ENVELOPE:
        raise Refused("the envelope is too large")
    header = decode(protected)
    if type(header) is not dict or set(header) != {1, 3, 4} or header[1] != -7 or type(header[3]) is not str \
            or not re.fullmatch("[!-~]{1,64}", header[3]) or type(header[4]) is not bytes or len(header[4]) != 32:
        raise Refused("the protected header is not {1: -7, 3: content type, 4: key id}")
    content = decode(payload)
    signed = b"\x84" + encode("Signature1") + encode(protected) + b"\x40" + encode(payload)
    shown = {"contentType": header[3], "keyId": header[4].hex(), "digest": hashlib.sha256(signed).hexdigest()}
    name, show = CONTENTS.get(header[3], (None, None))
    if name is None:
        raise Refused(f"the content type {header[3]} is not one of this place")
    try:
        shown[name] = show(content)
    except Unmapped as wrong:
        raise Refused(f"{name}: {wrong}") from wrong
    if header[4] not in keys:
        raise Refused(f"signed by a key that was not given: {header[4].hex()}")
    return shown, fault(keys[header[4]], signature, signed), end


def fault(key, signature, signed):
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
        return None
    except InvalidSignature:
        return "the signature does not verify"


def place(shown):
    """Key, station, run and sequence of a record."""
    return (shown["keyId"],) + tuple(shown["record"][name] for name in ("station", "run", "sequence"))


def authenticate(read):
    """Refuses unless each signature holds or a later record of the same message, run and key names the digest as its previous one."""
    vouched = set()
    for shown, wrong in sorted(read, key=lambda one: -one[0].get("record", {}).get("sequence", 0)):
        if wrong and ("record" not in shown or place(shown) + (shown["digest"],) not in vouched):
            raise Refused(wrong)
        if "previous" in shown.get("record", {}):
            key, station, run, sequence = place(shown)
            vouched.add((key, station, run, sequence - 1, shown["record"]["previous"]))


# ---- members of maps

class Members:
    def __init__(self, item, name):
        if type(item) is not dict:
            raise Unmapped(f"{name} is not a map")
        self.left, self.name = dict(item), name

    def has(self, key):
        return key in self.left

    def take(self, key, kind):
        if key not in self.left or type(self.left[key]) is not kind:
            raise Unmapped(f"{self.name}, key {key}: missing or not {kind.__name__}")
        return self.left.pop(key)

    def whole(self, key, least, most):
        n = self.take(key, int)
        if not least <= n <= most:
            raise Unmapped(f"{self.name}, key {key}: not from {least} to {most}")
        return n

    def text(self, key, longest, pattern=None):
        return text(self.take(key, str), longest, pattern, f"{self.name}, key {key}")

    def fixed(self, key, size):
        return fixed(self.take(key, bytes), size, f"{self.name}, key {key}")

    def moment(self, key):
        n = self.whole(key, -62_135_596_800_000, 253_402_300_799_999)
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=n)
        return f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"

    def number(self, key):
        value = self.take(key, decimal.Decimal)
        sign, digits, exponent = value.as_tuple()
        if not -12 <= exponent <= 0 or int("".join(map(str, digits))) >= 10**15:
            raise Unmapped(f"{self.name}, key {key}: a decimal out of range")
        return format(value, "f")

    def array(self, key, least, most, read):
        items = self.take(key, list)
        if not least <= len(items) <= most:
            raise Unmapped(f"{self.name}, key {key}: {len(items)} elements")
        return [read(x) for x in items]

    def optional(self, key, read, *rest):
        return read(key, *rest) if self.has(key) else None

    def end(self):
        if self.left:
            raise Unmapped(f"{self.name}: unknown keys {sorted(self.left)}")


def text(value, longest, pattern, where):
    if type(value) is not str or not 0 < len(value.encode("utf-8")) <= longest or re.search("[\x00-\x1f\x7f]", value) \
            or (pattern and not re.fullmatch(pattern, value)):
        raise Unmapped(f"{where}: not an allowed text")
    return value


def fixed(value, size, where):
    if type(value) is not bytes or len(value) != size:
        raise Unmapped(f"{where}: not {size} bytes")
    return value.hex()


def given(**members):
    return {name: value for name, value in members.items() if value is not None}


def of_length(item, n, name):
    if type(item) is not list or len(item) != n:
        raise Unmapped(f"{name} is not an array of {n}")
    return item


LOWER, STATION, INSTRUMENT = "[a-z0-9-]+", "[A-Z0-9-]+", "[A-Za-z0-9._-]+"


# ---- the record

def record(item):
    m = Members(item, "record")
    version = m.whole(0, 1, 2**31 - 1)
    shown = given(version=version, deployment=m.text(1, 32, LOWER), station=m.text(2, 32, STATION), run=m.fixed(3, 16),
                  sequence=m.whole(4, 1, LAST), previous=m.optional(5, m.fixed, 32),
                  previousRun=previous_run(m.take(6, list)) if m.has(6) else None)
    first = shown["sequence"] == 1
    if first == ("previous" in shown) or ("previousRun" in shown and not first):
        raise Unmapped("previous (5) or previous run (6) does not fit the sequence")
    if version != 1:
        return shown | {"unmapped": True}
    try:
        return shown | version_1(m)
    except Unmapped as reason:
        print(f"unmapped: {reason}", file=sys.stderr)
        return shown | {"unmapped": True}


def previous_run(item):
    run, sequence, digest = of_length(item, 3, "previous run")
    if type(sequence) is not int or not 1 <= sequence <= LAST:
        raise Unmapped("previous run: sequence")
    return {"run": fixed(run, 16, "previous run"), "sequence": sequence, "digest": fixed(digest, 32, "previous run")}


def version_1(m):
    shown = {"wall": m.moment(7), "bootMilliseconds": m.whole(8, 0, LAST), "boot": m.fixed(9, 16), "clock": clock(m.take(10, dict)),
             "configuration": m.fixed(11, 32), "receipts": m.array(12, 0, 16, receipt_seen)}
    operators = [seen["operator"] for seen in shown["receipts"]]
    if operators != sorted(set(operators)):
        raise Unmapped("receipts (12) are not sorted by operator without repeats")
    kind = m.whole(13, 0, 2**31 - 1)
    if kind not in BODIES:
        raise Unmapped(f"kind {kind} is not known")
    name, read = BODIES[kind]
    shown[name] = read(Members(m.take(14, dict), name))
    m.end()
    return shown


def clock(item):
    m = Members(item, "clock")
    shown = given(status=m.whole(0, 0, 2), errorMilliseconds=m.optional(1, m.whole, 0, LAST), source=m.text(2, 16))
    m.end()
    return shown


def receipt_seen(item):
    operator, digest = of_length(item, 2, "receipt seen")
    return {"operator": text(operator, 32, LOWER, "receipt seen"), "receipt": fixed(digest, 32, "receipt seen")}


def readings(m):
    shown = {"instant": m.moment(0), "readings": m.array(1, 1, 256, reading)}
    m.end()
    return shown


def reading(item):
    m = Members(item, "reading")
    shown = given(parameter=m.text(0, 6, "[a-z][0-9]{5}"), value=m.optional(1, m.number), missing=m.optional(2, m.whole, 0, 7),
                  unit=m.text(3, 16), flag=m.text(4, 2, "[A-Za-z]{1,2}"), instrument=m.text(5, 32, INSTRUMENT), sampledFrom=m.moment(6),
                  sampledTo=m.moment(7), datedBy=m.whole(8, 0, 1), detectionLimit=m.optional(9, m.number), raw=m.optional(10, m.text, 128))
    m.end()
    if ("value" in shown) == ("missing" in shown) or item[7] < item[6]:
        raise Unmapped("a reading has exactly one of value and reason, and is not sampled backwards")
    return shown


REQUIRED = {1: {5, 8}, 2: {1, 2, 3, 6, 7}, 3: {1, 2, 5, 6}, 4: set(), 5: set(), 6: {8}, 7: {1, 5, 8}, 8: {11, 12}, 9: {5}, 10: {5},
            11: {13}, 12: {4, 13}}


def event(m):
    kind = m.whole(0, 1, 12)
    if not REQUIRED[kind] <= set(m.left):
        raise Unmapped(f"an event of type {kind} lacks {REQUIRED[kind] - set(m.left)}")
    shown = given(type=kind, instrument=m.optional(1, m.text, 32, INSTRUMENT), parameter=m.optional(2, m.text, 6, "[a-z][0-9]{5}"),
                  actor=m.optional(3, m.text, 64), note=m.optional(4, m.text, 512), kind=m.optional(5, m.text, 32),
                  passed=m.optional(6, m.take, bool), points=m.optional(7, m.array, 1, 16, point), after=m.optional(8, m.text, 512),
                  before=m.optional(9, m.text, 512), level=m.optional(10, m.number), wallBefore=m.optional(11, m.moment),
                  wallAfter=m.optional(12, m.moment))
    if m.has(13):
        command_bytes = m.take(13, bytes)
        if not 0 < len(command_bytes) <= 16_384:
            raise Unmapped("event, key 13: not 1 to 16384 bytes")
        shown["command"] = command_bytes.hex()
    m.end()
    return shown


def point(item):
    m = Members(item, "point")
    shown = given(standard=m.number(0), before=m.optional(1, m.number), after=m.optional(2, m.number))
    m.end()
    return shown


def loss(m):
    first = m.whole(1, 1, LAST)
    last = m.whole(2, first, LAST)
    shown = given(run=m.fixed(0, 16), first=first, last=last, firstDigest=m.optional(3, m.fixed, 32), lastDigest=m.optional(4, m.fixed, 32),
                  count=m.whole(5, 1, last - first + 1), reason=m.whole(6, 1, 3))
    m.end()
    return shown


BODIES = {1: ("readings", readings), 2: ("event", event), 3: ("loss", loss)}


# ---- receipt and command

def receipt(item):
    m = Members(item, "receipt")
    shown = given(version=m.whole(0, 1, 1), deployment=m.text(1, 32, LOWER), station=m.text(2, 32, STATION), operator=m.text(3, 32, LOWER),
                  run=m.fixed(4, 16), through=m.whole(5, 0, LAST), beyond=m.array(6, 0, 16, sequence_range),
                  throughDigest=m.optional(7, m.fixed, 32), time=m.moment(8), logSize=m.whole(9, 0, LAST), logRoot=m.fixed(10, 32))
    m.end()
    last = shown["through"]
    if last == 0 and "throughDigest" in shown:
        raise Unmapped("a digest of nothing")
    for low, high in shown["beyond"]:
        if low <= last + 1 or high < low:
            raise Unmapped("ranges do not ascend with gaps")
        last = high
    return shown


def sequence_range(item):
    of_length(item, 2, "range")
    if any(type(n) is not int or not 1 <= n <= LAST for n in item):
        raise Unmapped("range: not sequences")
    return item


def command(item):
    m = Members(item, "command")
    shown = {"version": m.whole(0, 1, 1), "deployment": m.text(1, 32, LOWER), "station": m.text(2, 32, STATION),
             "operator": m.text(3, 32, LOWER), "sequence": m.whole(4, 1, LAST), "issued": m.moment(5), "name": m.text(6, 32, "[a-z-]+"),
             "arguments": m.array(7, 0, 16, argument)}
    m.end()
    names = [name for name, _ in shown["arguments"]]
    if names != sorted(set(names)):
        raise Unmapped("arguments are not sorted by name without repeats")
    return shown


def argument(item):
    name, value = of_length(item, 2, "argument")
    return [text(name, 32, INSTRUMENT, "argument"), text(value, 512, None, "argument")]


CONTENTS = {
    "application/vnd.waterwatch.record+cbor": ("record", record),
    "application/vnd.waterwatch.receipt+cbor": ("receipt", receipt),
    "application/vnd.waterwatch.command+cbor": ("command", command),
}


# ---- files

def load_key(path):
    with open(path, "rb") as file:
        key = serialization.load_pem_public_key(file.read())
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        sys.exit(f"{path} is not a P-256 public key")
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).digest(), key


def check(path, keys):
    with open(path, "rb") as file:
        data = file.read()
    several = path.endswith(".cborseq")
    if len(data) > (MESSAGE if several else ENVELOPE):
        raise Refused("too large")
    read, at = [], 0
    while at < len(data) or not read:
        one, wrong, at = envelope(data, at, keys)
        read.append((one, wrong))
        if len(read) > ENVELOPES or (at < len(data) and not several):
            raise Refused("more follows")
    authenticate(read)
    shown = [one for one, _ in read]
    return shown if several else shown[0]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    keys = dict(load_key(path) for path in sys.argv[1].split(","))
    status = 0
    for path in sys.argv[2:]:
        try:
            line = {"file": path, "content": check(path, keys)}
        except Refused as reason:
            line, status = {"file": path, "refused": str(reason)}, 1
        print(json.dumps(line, ensure_ascii=True))
    sys.exit(status)


if __name__ == "__main__":
    main()
