using System.Globalization;
using System.Text;
using Sensor.Contracts;
using Sensor.Edge.Outbox;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Health;

/// <summary>The station's health in the text format of Prometheus 0.0.4; docs/station.md has the list.</summary>
internal sealed class MetricsText(string station, string software, StationOutbox outbox, StationClock clock, StationHealth health, Func<bool> connected)
{
    public string Build()
    {
        var text = new StringBuilder();
        Metric(text, "build_info", "gauge", "What runs here.", ($"station=\"{station}\",software=\"{software}\"", 1));
        Samples(text);
        Outbox(text);
        Clock(text);
        Device(text);
        return text.ToString();
    }

    private void Samples(StringBuilder text)
    {
        var counts = health.Samples.Counts;
        Metric(text, "samples_total", "counter", "Reads of instruments in this run.", [
            .. counts.Select(c => ($"instrument=\"{c.Key}\",result=\"good\"", (double)c.Value.Good)),
            .. counts.Select(c => ($"instrument=\"{c.Key}\",result=\"failed\"", (double)c.Value.Failed))]);
        Metric(text, "last_success_timestamp_seconds", "gauge", "When an instrument last answered as it should.", [
            .. counts.Where(c => c.Value.LastGood is not null).Select(c => ($"instrument=\"{c.Key}\"", c.Value.LastGood!.Value.UnixMilliseconds / 1000.0))]);
    }

    private void Outbox(StringBuilder text)
    {
        var operators = outbox.Coverage.Operators;
        Metric(text, "outbox_records", "gauge", "Records in the outbox.", ("", outbox.Tail));
        Metric(text, "outbox_undelivered_records", "gauge", "Records that an operator has not receipted.", [.. operators.Select(o => ($"operator=\"{o}\"", (double)outbox.Undelivered(o)))]);
        Metric(text, "outbox_oldest_undelivered_seconds", "gauge", "How long the oldest of them has waited; 0 where there is none.", [
            .. operators.Select(o => ($"operator=\"{o}\"", health.OldestUndelivered(o)?.TotalSeconds ?? 0))]);
        Metric(text, "broker_connected", "gauge", "Whether there is a connection to the broker.", ("", connected() ? 1 : 0));
    }

    private void Clock(StringBuilder text)
    {
        var state = clock.State;
        Metric(text, "clock_synchronised", "gauge", "Whether the kernel says that the clock is disciplined, and it is not below its floor.", ("", state.Status == ClockStatus.Synchronised ? 1 : 0));
        if (state.ErrorMilliseconds is { } error)
        {
            Metric(text, "clock_error_seconds", "gauge", "The largest error that the kernel estimates.", ("", error / 1000.0));
        }
    }

    private void Device(StringBuilder text)
    {
        Optional(text, "temperature_celsius", "gauge", "Temperature of the processor.", health.Machine.Temperature);
        Optional(text, "throttled_flags", "gauge", "Throttling and under-voltage flags of a Raspberry Pi.", health.Machine.Throttled);
        Optional(text, "disk_free_bytes", "gauge", "Free bytes on the volume of the outbox.", health.Machine.FreeBytes);
        Optional(text, "resident_memory_bytes", "gauge", "Bytes of the process in memory.", Machine.ResidentBytes);
        Optional(text, "written_bytes_total", "counter", "Bytes that the process let be written to storage.", health.Machine.WrittenBytes);
    }

    private static void Optional(StringBuilder text, string name, string type, string help, double? value)
    {
        if (value is { } known)
        {
            Metric(text, name, type, help, ("", known));
        }
    }

    private static void Metric(StringBuilder text, string name, string type, string help, params (string Labels, double Value)[] values)
    {
        text.Append("# HELP waterwatch_edge_").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE waterwatch_edge_").Append(name).Append(' ').Append(type).Append('\n');
        foreach (var (labels, value) in values)
        {
            text.Append("waterwatch_edge_").Append(name).Append(labels.Length == 0 ? "" : "{" + labels + "}").Append(' ')
                .Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }
    }
}
