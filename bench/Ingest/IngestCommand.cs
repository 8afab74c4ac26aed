namespace WaterWatch.Bench.Ingest;

/// <summary><c>ingest</c>: receiving, from the signed record to its receipt, beside a broker that only forwards and a store that only inserts.</summary>
internal static class IngestCommand
{
    private const int Packed = 16;

    public static Command Create()
    {
        var records = Number.Option("--records", "The records of one round.", 100_000, Packed, 10_000_000);
        var stations = Number.Option("--stations", "The stations that they come from.", 100, 1, 1_000);
        var repetitions = Number.Option("--repetitions", "How often everything is measured, baselines and ingest in turn.", 3, 1, 100);
        var command = new Command("ingest", "Records per second signed, verified, made durable and receipted, as a fraction of mosquitto forwarding the same messages. Needs mosquitto.")
        {
            records, stations, repetitions,
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(records), parsed.GetValue(stations), parsed.GetValue(repetitions)));
        return command;
    }

    private static async Task<int> RunAsync(int records, int stations, int repetitions)
    {
        var single = await MeasureAsync(records, stations, 1, repetitions);
        var packed = await MeasureAsync(records, stations, Packed, repetitions);
        new IngestReport(single, packed, stations).WriteTo(Console.Out);
        return 0;
    }

    private static async Task<IngestSeries> MeasureAsync(int records, int stations, int perMessage, int repetitions)
    {
        using var load = Load.Sign(stations, records, perMessage);
        BaselineRounds.Forward(load);
        var (forward, insert, rounds) = (new List<double>(), new List<double>(), new List<IngestRound>());
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            forward.Add(BaselineRounds.Forward(load));
            insert.Add(BaselineRounds.Insert(load));
            rounds.Add(await IngestRound.RunAsync(load));
            Console.Error.WriteLine($"{perMessage} to a message, repetition {repetition + 1}: forwarding {forward[^1]:0.0} s, inserting {insert[^1]:0.0} s, ingest {rounds[^1].Seconds:0.0} s");
        }

        var readings = load.Records * IngestReport.ReadingsOfOneRecord;
        return new IngestSeries(
            perMessage,
            load.Bytes / load.Messages.Count,
            new Figure("mosquitto to a subscriber that does nothing", forward, readings),
            new Figure("an autocommit insert per message into SQLite", insert, readings),
            new Figure("waterwatch-ingest: durable and receipted", [.. rounds.Select(r => r.Seconds)], readings),
            rounds);
    }
}
