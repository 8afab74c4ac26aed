using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>A storage that fails already when the station starts: the process waits for it, says so, and begins its run once it can.</summary>
public sealed class FaultAtStartTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();

    public void Dispose()
    {
        _operator.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(28)]
    [InlineData(5)]
    [InlineData(30)]
    public async Task Run_StorageFailsAtTheStart_WaitsAndBeginsOneRunByItself(int error)
    {
        var configuration = Station.Configure(_folder, Some.Csv(3), _operator.Public.Pem);
        var (data, fault) = (_folder["data"], _folder["fault"]);
        var outbox = Path.Combine(data, "outbox.db");
        Assert.Equal(0, (await Station.RunAsync("enroll", "--config", configuration)).Exit);
        File.WriteAllBytes(fault, BitConverter.GetBytes(error));

        using var station = Station.Start(start => CutLayer.Put(start, data, null, fault), "run", "--config", configuration);
        var said = await station.Process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("Nothing is sampled until then; it is tried again after 1 s, up to every 60 s.", said, StringComparison.Ordinal);
        Assert.False(station.Process.HasExited);

        using (var healed = new FileStream(fault, FileMode.Open))
        {
            // In place: the station has the file mapped.
            healed.Write(BitConverter.GetBytes(0));
        }

        await Wait.Until(() => Chain.CountWithoutBoots(outbox) == 3, "the station begins and stores everything", 90);
        station.Terminate();
        await station.ExitAsync();

        using var key = SigningKey.LoadOrCreate(Path.Combine(data, "station.key.pem"));
        var records = Chain.Verified(outbox, key.Public);
        Assert.Single(records.Select(r => r.Record.Header.Run).Distinct());
        Assert.Equal("first", Assert.IsType<EventBody>(records[0].Record.Body).Event.Kind);
    }
}
