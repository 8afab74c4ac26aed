using Sensor.Ingest.Configuration;
using Sensor.Ingest.Interop;
using Sensor.Ingest.Interop.Json;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Interop.Json;

public sealed class JsonRefusingBrokerTests
{
    [Fact]
    public async Task Connect_AnonymousNotAllowed_LogsTheMembersOfTheImport()
    {
        var port = TestIngest.FreePort();
        await using var broker = await Mosquitto.StartAsync(port, "allow_anonymous false");
        var log = new FakeLogger();
        var import = new JsonImportConfiguration { Connect = TestIngest.External(port) with { Place = "imports[1].connect" }, Filter = "gateway/#", Messages = [] };
        using var meters = new InteropMeters();
        await using var listener = new JsonListener(import, new JsonIntake(import, null!, _ => Task.CompletedTask, meters), log, TimeProvider.System);

        listener.Start();

        await Until.True(() => log.Lines.Any(line => line.Contains("Check imports[1].connect.username", StringComparison.Ordinal)), "the refusal is logged");
        Assert.False(listener.Connected);
    }
}
