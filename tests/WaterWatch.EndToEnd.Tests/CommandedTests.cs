namespace WaterWatch.EndToEnd.Tests;

/// <summary>An operator orders, the station answers in its signed chain, and the operator sees the answer. Real processes, real broker.</summary>
public sealed class CommandedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-commanded-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Send_OrdersToARunningStation_AreAnsweredInItsChainOnceOverRestarts()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        using var anhui = new Operator("anhui", _folder, broker.Port);
        using var station = new Station(_folder, broker.Port, recordsPerSecond: 1, """, "commands": { "accept": ["maintenance", "log"] }""", anhui);
        anhui.Enroll(Station.Id, Station.Section, station.PublicKeyFile);
        await anhui.StartAsync();
        station.Start();

        Assert.Equal($"{Station.Id} 1", anhui.Command("send", "--station", Station.Id, "--name", "maintenance", "--argument", "state=begin", "--by", "Li"));
        Assert.Equal($"{Station.Id} 2", anhui.Command("send", "--station", Station.Id, "--name", "sample", "--by", "Li"));
        await ListedAsync(anhui, "1 maintenance state=begin (Li): obeyed (record ", "2 sample (Li): refused, the station's configuration does not accept 'sample' (commands.accept) (record ");

        station.Kill();
        anhui.Kill();
        anhui.Command("send", "--station", Station.Id, "--name", "maintenance", "--argument", "state=end", "--by", "Li");
        station.Start();
        await anhui.StartAsync();
        await ListedAsync(anhui, "1 maintenance state=begin (Li): obeyed (record ", "2 sample (Li): refused, ", "3 maintenance state=end (Li): obeyed (record ");
    }

    private static Task<string> ListedAsync(Operator operatorOfStation, params string[] expected) => Eventually.GetAsync(
        () =>
        {
            var lines = operatorOfStation.Command("list").Split('\n');
            return Task.FromResult(lines.Length == expected.Length && lines.Zip(expected).All(pair => pair.First.StartsWith($"{Station.Id} {pair.Second}", StringComparison.Ordinal)) ? "listed" : null);
        },
        "the answers are listed",
        () => operatorOfStation.Command("list"));
}
