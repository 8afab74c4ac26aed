using System.Buffers.Binary;
using Sensor.Compliance.Cuts;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Cuts;

/// <summary>Records as stations would have signed them, with the clocks that a test needs.</summary>
internal static class Signed
{
    public static LifeId Life(long number) => new(Bytes(number, LifeId.Size));

    public static Digest DigestOf(long number) => Digest.Of(Bytes(number, 8));

    /// <param name="sequence">Its number in the run of the same number as the boot.</param>
    /// <param name="boot">The boot.</param>
    /// <param name="count">Milliseconds of CLOCK_BOOTTIME.</param>
    /// <param name="wall">The wall clock.</param>
    /// <param name="error">The estimated error; null where the clock was not synchronised.</param>
    /// <param name="body">What it says; a boot where it does not matter.</param>
    public static RecordInCut Record(long sequence, long boot, long count, long wall, long? error, RecordBody? body = null, string station = "ST-1") =>
        new(DigestOf((boot * 1_000_000) + sequence), new StationRecord
        {
            Header = new RecordHeader { Version = StationRecord.CurrentVersion, Deployment = "test", Station = station, Run = Life(boot), Sequence = sequence },
            Wall = new Instant(wall),
            BootMilliseconds = count,
            Boot = Life(boot),
            Clock = new ClockState(error is null ? ClockStatus.Unsynchronised : ClockStatus.Synchronised, error, "kernel"),
            Configuration = default,
            Body = body ?? new EventBody(new StationEvent { Type = EventType.Boot }),
        });

    public static RecordInCut With(this RecordInCut record, Func<StationRecord, StationRecord> change) => record with { Record = change(record.Record) };

    private static byte[] Bytes(long number, int size)
    {
        var bytes = new byte[size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
