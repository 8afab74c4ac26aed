#!/usr/bin/env python3
"""A probe on an SDI-12 line, written from the specification with the standard library alone, as a second opinion to the driver.

    sdi12_slave.py DEVICE [--wrong-crc N] [--aborted] [--mute N]

Serves address 3 with five values over two data commands, until the wire is gone. Every command is printed as it was heard.
  --wrong-crc N  the first N data replies have a wrong checksum
  --aborted      data replies carry no values
  --mute N       the first N commands are not answered
"""
import argparse
import os
import re
import threading
import tty

ADDRESS = "3"
PAGES = (("+7.04", "-0.5", "+21.0625"), ("+1234567", "-12.50"))


def polynomial_remainder(text):
    """CRC-16/ARC by long division over the bits, least significant first."""
    register = 0
    for octet in text.encode("ascii"):
        for bit in range(8):
            carry = (register ^ (octet >> bit)) & 1
            register >>= 1
            if carry:
                register ^= 0xA001
    return register


def checksum(text):
    crc = polynomial_remainder(text)
    return chr(0x40 | crc >> 12) + chr(0x40 | crc >> 6 & 0x3F) + chr(0x40 | crc & 0x3F)


class Probe:
    def __init__(self, wire, arguments):
        self.wire, self.arguments = wire, arguments
        self.checked = False
        self.pending = None

    def say(self, text):
        os.write(self.wire, (text + "\r\n").encode("ascii"))

    def request_service(self):
        self.say(ADDRESS)

    def hear(self, command):
        print(command, flush=True)
        if self.pending:
            # Any command aborts a measurement that is under way, and its service request with it.
            self.pending.cancel()
            self.pending = None
        if self.arguments.mute > 0:
            self.arguments.mute -= 1
        elif command.startswith(ADDRESS):
            self.obey(command[1:])

    def obey(self, order):
        if order == "":
            self.say(ADDRESS)
        elif order == "I":
            self.say(ADDRESS + "14" + "WATERWCH" + "PROBE5" + "1.0" + "SN42")
        elif start := re.fullmatch(r"(M|C|V)(C?)([1-9]?)", order):
            self.measure(*start.groups())
        elif data := re.fullmatch(r"D([0-9])", order):
            self.data(int(data[1]))

    def measure(self, kind, checked, _):
        self.checked = bool(checked)
        count = sum(len(page) for page in PAGES)
        self.say(f"{ADDRESS}001{count:02d}" if kind == "C" else f"{ADDRESS}001{count}")
        if kind != "C":
            self.pending = threading.Timer(0.2, self.request_service)
            self.pending.start()

    def data(self, page):
        values = "" if self.arguments.aborted or page >= len(PAGES) else "".join(PAGES[page])
        text = ADDRESS + values
        if self.checked:
            sum_of_it = checksum(text)
            if self.arguments.wrong_crc > 0:
                self.arguments.wrong_crc -= 1
                sum_of_it = "@@@" if sum_of_it != "@@@" else "@@A"
            text += sum_of_it
        self.say(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("device")
    parser.add_argument("--wrong-crc", type=int, default=0)
    parser.add_argument("--aborted", action="store_true")
    parser.add_argument("--mute", type=int, default=0)
    arguments = parser.parse_args()
    wire = os.open(arguments.device, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(wire)
    probe, heard = Probe(wire, arguments), ""
    print("listening", flush=True)
    while True:
        try:
            octets = os.read(wire, 64)
        except OSError:
            octets = b""
        if not octets:
            return  # The wire is gone.
        heard += octets.replace(b"\0", b"").decode("ascii")
        while "!" in heard:
            command, heard = heard.split("!", 1)
            probe.hear(command)


if __name__ == "__main__":
    main()
