using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Remote;

public sealed class CommandTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _anhui = SigningKey.Create();
    private readonly SigningKey _zhejiang = SigningKey.Create();
    private TestBroker _broker = null!;
    private EdgeHost? _host;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _broker.DisposeAsync();
        _anhui.Dispose();
        _zhejiang.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sample_Ordered_IsAnsweredInTheChainAndReadNow()
    {
        await using var anhui = await OperatorAsync();
        await StartAsync();
        var order = await anhui.OrderAsync(1, "sample", ("instrument", "probe"));

        await Wait.Until(() => Bodies().OfType<ReadingsBody>().Any(), "the instrument is read");

        var answer = Assert.Single(Events(EventType.CommandObeyed));
        Assert.Equal(("anhui", "sample"), (answer.Actor, answer.Kind));
        Assert.Equal(order.Bytes.ToArray(), answer.Command!.Value.ToArray());
        Assert.IsType<ReadingsBody>(Bodies()[^1]);
    }

    [Fact]
    public async Task Command_AgainAndAfterARestart_IsAnsweredOnce()
    {
        await using var anhui = await OperatorAsync();
        await StartAsync();
        var order = await anhui.OrderAsync(7, "sample");
        await Wait.Until(() => Events(EventType.CommandObeyed).Count == 1, "the command is obeyed");
        await anhui.PublishAsync(order.Bytes.ToArray());
        await StopAsync();
        await StartAsync();
        await anhui.OrderAsync(6, "sample");
        await anhui.OrderAsync(8, "sample");
        await Wait.Until(() => Events(EventType.CommandObeyed).Count >= 2, "the next one is obeyed");

        Assert.Equal([7L, 8L], Events(EventType.CommandObeyed).Select(SequenceOf));
    }

    [Theory]
    [InlineData("dance", "", "the command is not known; this station knows sample,")]
    [InlineData("log", "lines=10", "does not accept 'log'")]
    [InlineData("sample", "instrument=other", "'other' is no instrument that is read at slots")]
    [InlineData("sample", "colour=red", "the argument 'colour' is not known")]
    [InlineData("cadence", "instrument=probe", "the argument 'cadence' is missing")]
    [InlineData("cadence", "instrument=probe;cadence=7m", "'7m' is not a duration that divides a day")]
    [InlineData("cadence", "instrument=probe;cadence=1s", "a read of probe may take 5s")]
    [InlineData("maintenance", "state=perhaps", "neither begin nor end")]
    [InlineData("maintenance", "state=begin;instrument=other", "none of the station's instruments")]
    [InlineData("resend", "run=00;first=1;last=2", "'run' has not 32 hexadecimal digits")]
    [InlineData("resend", "run=0102030405060708090a0b0c0d0e0f10;first=1;last=2", "the outbox holds nothing of run")]
    [InlineData("resend", "run=0102030405060708090a0b0c0d0e0f10;first=3;last=2", "first to last are not")]
    public async Task Command_ThatCannotBeObeyed_IsRefusedWithTheReason(string name, string arguments, string reason)
    {
        await using var anhui = await OperatorAsync();
        await StartAsync(accept: ["sample", "cadence", "maintenance"]);
        await anhui.OrderAsync(1, name, [.. arguments.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(a => (a.Split('=')[0], a.Split('=')[1]))]);
        await Wait.Until(() => Events(EventType.CommandRefused).Count == 1, "the command is refused");

        Assert.Contains(reason, Events(EventType.CommandRefused)[0].Note, StringComparison.Ordinal);
        Assert.Empty(Events(EventType.CommandObeyed));
    }

    [Fact]
    public async Task Message_ThatNoOperatorSignedForThisStation_LeavesNoTraceInTheChain()
    {
        await using var anhui = await OperatorAsync();
        using var stranger = SigningKey.Create();
        await using var forger = await CommandingOperator.ConnectAsync("forger", stranger, _broker.Port);
        await StartAsync();
        await anhui.PublishAsync("hello"u8.ToArray());
        await anhui.PublishAsync(Envelope.Sign(ContentTypes.Command, anhui.Sign(1, "sample").Payload.ToArray(), stranger).Bytes.ToArray());
        await anhui.PublishAsync(Envelope.Sign(ContentTypes.Receipt, anhui.Sign(2, "sample").Payload.ToArray(), _anhui).Bytes.ToArray());
        await anhui.PublishAsync(Envelope.Sign(ContentTypes.Command, forger.Sign(3, "sample").Payload.ToArray(), _anhui).Bytes.ToArray());
        await anhui.OrderAsync(4, "sample");
        await Wait.Until(() => Events(EventType.CommandObeyed).Count == 1, "the one that is signed is obeyed");

        Assert.Equal(4, SequenceOf(Events(EventType.CommandObeyed)[0]));
        Assert.Empty(Events(EventType.CommandRefused));
    }

    [Fact]
    public async Task Maintenance_OfTwoOperators_BeginsWhenBothOrderIt()
    {
        await using var anhui = await OperatorAsync();
        await using var zhejiang = await CommandingOperator.ConnectAsync("zhejiang", _zhejiang, _broker.Port);
        await StartAsync(accept: ["maintenance", "sample"], operators: [("anhui", _anhui), ("zhejiang", _zhejiang)]);
        await anhui.OrderAsync(1, "maintenance", ("state", "begin"), ("instrument", "probe"));
        await zhejiang.OrderAsync(1, "sample");
        await Wait.Until(() => Bodies().OfType<ReadingsBody>().Any(), "a sample that needs no consent is taken");
        Assert.Empty(Events(EventType.MaintenanceBegin));
        Assert.Equal("N", Bodies().OfType<ReadingsBody>().Last().Readings[0].Flag);

        await zhejiang.OrderAsync(2, "maintenance", ("state", "begin"), ("instrument", "probe"));
        await Wait.Until(() => Events(EventType.MaintenanceBegin).Count == 2, "both have ordered it");
        await zhejiang.OrderAsync(3, "sample");
        await Wait.Until(() => Bodies().OfType<ReadingsBody>().Count() == 2, "a second sample is taken");

        Assert.Equal("M", Bodies().OfType<ReadingsBody>().Last().Readings[0].Flag);
        Assert.Equal(["anhui", "zhejiang"], Events(EventType.CommandObeyed).Where(e => e.Kind == "maintenance").Select(e => e.Actor!));
    }

    [Fact]
    public async Task Maintenance_ThatItsOperatorReplacedByAnotherOrder_IsRefused()
    {
        await using var anhui = await OperatorAsync();
        await StartAsync(accept: ["maintenance", "sample"], operators: [("anhui", _anhui), ("zhejiang", _zhejiang)]);
        await anhui.OrderAsync(1, "maintenance", ("state", "begin"));
        await anhui.OrderAsync(2, "sample");
        await Wait.Until(() => Events(EventType.CommandObeyed).Count == 1, "the second order is obeyed");

        Assert.Contains("ordered something else", Assert.Single(Events(EventType.CommandRefused)).Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cadence_Ordered_HoldsOverARestartUntilTheConfigurationChanges()
    {
        await using var anhui = await OperatorAsync();
        await StartAsync(accept: ["cadence"], timeout: TimeSpan.FromMilliseconds(500));
        await anhui.OrderAsync(1, "cadence", ("instrument", "probe"), ("cadence", "1s"));
        await Wait.Until(() => Bodies().OfType<ReadingsBody>().Count() >= 2, "it is read every second");
        await StopAsync();
        var before = Bodies().OfType<ReadingsBody>().Count();
        await StartAsync(accept: ["cadence"], timeout: TimeSpan.FromMilliseconds(500));
        await Wait.Until(() => Bodies().OfType<ReadingsBody>().Count() >= before + 2, "it is still read every second");
        await StopAsync();
        before = Bodies().OfType<ReadingsBody>().Count();

        await StartAsync(accept: ["cadence", "sample"], timeout: TimeSpan.FromMilliseconds(500), digest: "another configuration");
        await anhui.OrderAsync(2, "sample");
        await Wait.Until(() => Bodies().OfType<ReadingsBody>().Count() > before, "it is read when ordered");
        Assert.Equal(before + 1, Bodies().OfType<ReadingsBody>().Count());
    }

    [Fact]
    public async Task Resend_OfWhatWasReceipted_IsSentAgain()
    {
        await using var receiver = await TestOperator.ConnectAsync("anhui", _broker.Port, answers: true);
        await using var anhui = await CommandingOperator.ConnectAsync("anhui", receiver.Key, _broker.Port);
        await StartAsync(operators: [("anhui", receiver.Key)]);
        await Wait.Until(() => _host!.Snapshot.Undelivered["anhui"] == 0, "the boot record is receipted");
        var run = _host!.Snapshot.Run;
        var sent = receiver.Messages.Count(m => m.Records.Any(r => r.Sequence == 1));

        await anhui.OrderAsync(1, "resend", ("run", run.ToString()), ("first", "1"), ("last", "1000"));

        await Wait.Until(() => receiver.Messages.Count(m => m.Records.Any(r => r.Run == run && r.Sequence == 1)) > sent, "the boot record is sent again");
        Assert.Equal("resend", Assert.Single(Events(EventType.CommandObeyed)).Kind);
    }

    [Fact]
    public async Task Log_Ordered_ComesOnTheTopicOfTheOperator()
    {
        await using var anhui = await OperatorAsync();
        await StartAsync(accept: ["log"]);
        await anhui.OrderAsync(1, "log", ("lines", "100"));
        await Wait.Until(() => !anhui.Logs.IsEmpty, "the log comes");

        Assert.Contains("Information Command 1 of anhui, log, is obeyed.", Assert.Single(anhui.Logs), StringComparison.Ordinal);
    }

    private static long SequenceOf(StationEvent answer)
    {
        Assert.True(Envelope.TryParse(answer.Command!.Value, out var envelope, out _));
        Assert.True(CommandCodec.TryDecode(envelope.Payload, out var command, out _));
        return command.Sequence;
    }

    private Task<CommandingOperator> OperatorAsync() => CommandingOperator.ConnectAsync("anhui", _anhui, _broker.Port);

    private IReadOnlyList<RecordBody> Bodies() => [.. Chain.Bodies(_folder["data/outbox.db"])];

    private IReadOnlyList<StationEvent> Events(EventType type) => [.. Bodies().OfType<EventBody>().Select(b => b.Event).Where(e => e.Type == type)];

    private async Task StartAsync(string[]? accept = null, (string, SigningKey)[]? operators = null, TimeSpan? timeout = null, string digest = "a configuration")
    {
        var probe = Some.Simulated("probe", TimeSpan.FromHours(4));
        var configuration = Some.Configuration(_folder, operators ?? [("anhui", _anhui)], _broker.Port, probe with { Timeout = timeout ?? TimeSpan.FromSeconds(5) }) with
        {
            Commands = new CommandsConfiguration { Accept = accept ?? ["sample"] },
            Digest = Digest.Of(System.Text.Encoding.UTF8.GetBytes(digest)),
        };
        EdgeHost.Enroll(configuration);
        _host = EdgeHost.Create(configuration);
        await _host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => _host.Snapshot.Connected, "the station is connected");
    }

    private async Task StopAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        _host = null;
    }
}
