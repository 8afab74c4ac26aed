using System.Globalization;

namespace WaterWatch.Bench.Ingest;

/// <summary>All rounds of one size of message.</summary>
/// <param name="PerMessage">The envelopes of one message.</param>
/// <param name="Bytes">The bytes of one message.</param>
/// <param name="Forward">The broker alone.</param>
/// <param name="Insert">A naive store.</param>
/// <param name="Ingest">The ingest.</param>
/// <param name="Rounds">What else was measured at the ingest.</param>
internal sealed record IngestSeries(int PerMessage, long Bytes, Figure Forward, Figure Insert, Figure Ingest, IReadOnlyList<IngestRound> Rounds);

/// <summary>The figures of receiving, as a table.</summary>
internal sealed record IngestReport(IngestSeries Single, IngestSeries Packed, int Stations)
{
    public const int ReadingsOfOneRecord = 9;

    private IEnumerable<Aim> Aims =>
    [
        new($"{Single.PerMessage} envelope per message, to forwarding the same", Single.Forward.RatioTo(Single.Ingest), 0.25, AtMost: false, ""),
        new($"{Packed.PerMessage} envelopes per message, records, to forwarding one record each", Single.Forward.RatioTo(Packed.Ingest), 0.8, AtMost: false, ""),
        new($"{Packed.PerMessage} envelopes per message, to forwarding the same", Packed.Forward.RatioTo(Packed.Ingest), 0.8, AtMost: false, ""),
        new("records/s made durable, fewest over any 5 s, 1 envelope per message", Single.Rounds.Min(r => r.LeastRate), 5_000, AtMost: false, "/s"),
        new($"records/s made durable, fewest over any 5 s, {Packed.PerMessage} per message", Packed.Rounds.Min(r => r.LeastRate), 5_000, AtMost: false, "/s"),
        new("peak resident memory of the ingest", Single.Rounds.Concat(Packed.Rounds).Max(r => r.PeakMemory) / 1e6, 250, AtMost: true, "MB"),
    ];

    public void WriteTo(TextWriter output)
    {
        output.WriteLine(Say($"{Single.Ingest.Readings / ReadingsOfOneRecord:#,0} records of 9 readings from {Stations} stations, SQLite, {Environment.ProcessorCount} processors for broker, senders and ingest together"));
        Table(output, Single);
        Table(output, Packed);
        output.WriteLine();
        output.WriteLine("Ratios are records per second over those of the baseline of the same repetition, the median of all repetitions:");
        foreach (var aim in Aims)
        {
            output.WriteLine(aim);
        }
    }

    private static void Table(TextWriter output, IngestSeries series)
    {
        output.WriteLine();
        output.WriteLine(Say($"{series.PerMessage} to a message of {series.Bytes:#,0} bytes{"",-20}{"records/s, median",20}{"least",10}{"most",10}   of forwarding (least to most)"));
        Row(output, series.Forward, series.Forward);
        Row(output, series.Insert, series.Forward);
        Row(output, series.Ingest, series.Forward);
        var records = series.Ingest.Readings / ReadingsOfOneRecord;
        output.WriteLine(Say($"  the ingest: {series.Rounds.Average(r => r.ProcessorSeconds) / records * 1e6:0} us of processor for a record, {series.Rounds.Average(r => (double)r.DiskBytes) / records:0} bytes on disk, {series.Rounds.Average(r => r.Receipts):0} receipts, {series.Insert.RatioTo(series.Ingest):0.00} times the naive store"));
    }

    private static void Row(TextWriter output, Figure figure, Figure baseline)
    {
        var ratios = baseline.Ratios(figure).ToList();
        double Records(double seconds) => figure.Readings / seconds / ReadingsOfOneRecord;
        output.WriteLine(Say($"  {figure.Name,-48}{Records(figure.Median),14:#,0}{Records(figure.Most),10:#,0}{Records(figure.Least),10:#,0}   {baseline.RatioTo(figure):0.000} ({ratios.Min():0.000} to {ratios.Max():0.000})"));
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
