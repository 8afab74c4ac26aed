using System.Runtime.InteropServices;
using Sensor.Contracts;

namespace Sensor.Edge.Sampling;

/// <summary>The kernel's clocks: adjtimex(2), clock_gettime(2) with CLOCK_BOOTTIME, /proc/sys/kernel/random/boot_id.</summary>
/// <remarks>
/// Where there is no 64-bit Linux kernel, the clock state is unknown and a made-up boot begins with the process.
/// Thread-safe.
/// </remarks>
internal sealed partial class KernelClock : IKernelClock
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private const int ClockBootTime = 7;
    private const int StaUnsync = 0x40;
    private const int TimeError = 5;
    private static readonly ClockState Unknown = new(ClockStatus.Unknown, null, "none");
    private readonly bool _linux = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public LifeId Boot { get; } = ReadBoot();

    public long BootMilliseconds => _linux && ClockGetTime(ClockBootTime, out var now) == 0 ? (now.Seconds * 1000) + (now.Nanoseconds / 1_000_000) : Environment.TickCount64;

    public ClockState State
    {
        get
        {
            var kernel = default(Timex);
            var state = _linux ? AdjTimeX(ref kernel) : -1;
            return state < 0 ? Unknown : Interpret(state, kernel.Status, kernel.MaximumError);
        }
    }

    /// <summary>What a reply of adjtimex means; the maximum error is in microseconds and says nothing while nothing disciplines the clock.</summary>
    internal static ClockState Interpret(int state, int status, long maximumError) =>
        state == TimeError || (status & StaUnsync) != 0
            ? new ClockState(ClockStatus.Unsynchronised, null, "kernel")
            : new ClockState(ClockStatus.Synchronised, Math.Max(0, maximumError + 999) / 1000, "kernel");

    private static LifeId ReadBoot()
    {
        try
        {
            return File.Exists(BootIdFile) ? LifeId.Parse(File.ReadAllText(BootIdFile).Trim().Replace("-", "", StringComparison.Ordinal)) : LifeId.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return LifeId.Create();
        }
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjTimeX(ref Timex buffer);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec now);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>struct timex of 64-bit Linux; modes = 0 only reads.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Timex
    {
        [FieldOffset(0)]
        public uint Modes;

        [FieldOffset(24)]
        public long MaximumError;

        [FieldOffset(40)]
        public int Status;
    }
}
