"""Sixteen Modbus RTU slaves on one serial line, by pymodbus: units 1 to 12 are healthy, 13 is dead, 14 answers late, 15 is busy, 16 gives NaN.

modbus_slaves.py DEVICE LATENESS: each healthy unit n holds the float n + 0.25 in registers 0 and 1 (CDAB). Prints "ready" when it listens.
"""
import asyncio
import struct
import sys
import threading

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.pdu import ExceptionResponse
from pymodbus.register_read_message import ReadHoldingRegistersRequest
from pymodbus.server import StartAsyncSerialServer
from pymodbus.transaction import ModbusRtuFramer

DEAD, LATE, BUSY, NAN = 13, 14, 15, 16
SLAVE_BUSY = 6
device, lateness = sys.argv[1], float(sys.argv[2])


def words(value):
    high, low = struct.unpack(">HH", struct.pack(">f", value))
    return [low, high]


def write_late(response):
    frame = ModbusRtuFramer(None, None).buildPacket(response)
    with open(device, "wb", buffering=0) as line:
        line.write(frame)


class Answers(ReadHoldingRegistersRequest):
    def execute(self, context):
        if self.unit_id == BUSY:
            return ExceptionResponse(self.function_code, SLAVE_BUSY)
        response = super().execute(context)
        if self.unit_id == LATE:
            response.should_respond = False
            response.unit_id, response.transaction_id = self.unit_id, 0
            threading.Timer(lateness, write_late, [response]).start()
        return response


def slave(unit):
    value = float("nan") if unit == NAN else unit + 0.25
    return ModbusSlaveContext(hr=ModbusSequentialDataBlock(0, words(value) + [0] * 8), zero_mode=True)


async def main():
    slaves = {unit: slave(unit) for unit in range(1, 17) if unit != DEAD}
    context = ModbusServerContext(slaves=slaves, single=False)
    server = await StartAsyncSerialServer(
        context=context, framer=ModbusRtuFramer, port=device, baudrate=19200, timeout=0.005, ignore_missing_slaves=True, defer_start=True)
    server.decoder.register(Answers)
    await server.start()
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(main())
