"""Verifies a detached JWS (RFC 7515 appendix F) of an outcome with nothing but the RFC and python3-cryptography."""
import base64
import json
import pathlib
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

folder = pathlib.Path(sys.argv[1])
document = (folder / "document").read_bytes()
protected, payload, signature = (folder / "jws").read_text().split(".")
key = serialization.load_pem_public_key((folder / "pem").read_bytes())


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verify(content):
    raw = decode(signature)
    assert payload == "" and len(raw) == 64
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    signed = protected.encode() + b"." + base64.urlsafe_b64encode(content).rstrip(b"=")
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))


verify(document)
try:
    verify(document[:-1] + b" ")
    sys.exit("a changed document was accepted")
except InvalidSignature:
    pass

header = json.loads(decode(protected))
print(header["alg"], header["typ"], header["kid"], "and a changed byte is refused")
