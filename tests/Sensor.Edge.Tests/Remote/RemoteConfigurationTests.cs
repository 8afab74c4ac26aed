using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Remote;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Remote;

public sealed class RemoteConfigurationTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private TestBroker _broker = null!;
    private string _file = "";

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _folder.Write("operator.pem", _key.Public.Pem);
        _file = _folder.Write("station.json", Document("4h"));
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Apply_OfferedConfiguration_ComesIntoForceWithARestartAndStaysWhenItProvesItself()
    {
        await using var anhui = await CommandingOperator.ConnectAsync("anhui", _key, _broker.Port);
        var next = Encoding.UTF8.GetBytes(Document("1s"));
        var digest = Digest.Of(next).ToString();
        EdgeHost.Enroll(StationConfiguration.Load(_file));
        await using (var host = EdgeHost.Create(Begin()))
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await anhui.OfferAsync(next);
            await anhui.OrderAsync(1, "configuration-offer", ("digest", digest));
            await Wait.Until(() => Answers() == 1, "the offer is answered");
            Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(Document("4h"))), RemoteConfiguration.InForce(StationConfiguration.Load(_file)).Digest);
            await anhui.OrderAsync(2, "configuration-apply", ("digest", digest));
            await Wait.Until(() => host.RestartWanted, "the station wants to begin again");
        }

        Assert.Equal(2, Answers());
        await using (var host = EdgeHost.Create(Begin()))
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await Wait.Until(() => Bodies().OfType<ReadingsBody>().Any(), "it is read every second");
            await Wait.Until(() => Begun is { IsOnTrial: false }, "the configuration stays");
        }

        Assert.Equal(digest, Begin().Digest.ToString());
        var change = Assert.Single(Bodies().OfType<EventBody>(), b => b.Event.Type == EventType.ConfigurationChange).Event;
        Assert.Equal(digest, change.After);
    }

    [Fact]
    public void Begin_TrialThatWasNeverKept_GoesBackToWhatWasBefore()
    {
        var own = StationConfiguration.Load(_file);
        Take("1m");
        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(Document("1m"))), RemoteConfiguration.Begin(own, out var news).Digest);
        Assert.Null(news);
        Assert.Equal(own.Digest, RemoteConfiguration.Begin(own, out news).Digest);
        Assert.Contains("did not prove itself", news, StringComparison.Ordinal);
        Assert.Equal(own.Digest, RemoteConfiguration.Begin(own, out news).Digest);
    }

    [Fact]
    public void Begin_TrialAfterOneThatWasKept_GoesBackToTheKeptOne()
    {
        var own = StationConfiguration.Load(_file);
        Take("1m");
        RemoteConfiguration.Begin(own, out _);
        new RemoteConfiguration(own).Keep();
        Take("2m", inForce: Digest.Of(Encoding.UTF8.GetBytes(Document("1m"))).ToString());
        RemoteConfiguration.Begin(own, out _);

        Assert.Equal(TimeSpan.FromMinutes(1), RemoteConfiguration.Begin(own, out _).Instruments[0].Cadence);
    }

    [Fact]
    public void Begin_FileThatWasEditedAtTheStation_HasTheLastWord()
    {
        Take("1m");
        File.WriteAllText(_file, Document("6h"));
        Assert.Equal(TimeSpan.FromHours(6), RemoteConfiguration.Begin(StationConfiguration.Load(_file), out _).Instruments[0].Cadence);
    }

    [Theory]
    [InlineData("\"station\": \"JK-1\"", "\"station\": \"JK-2\"", "station cannot be changed from afar")]
    [InlineData("\"dataDirectory\": \"data\"", "\"dataDirectory\": \"elsewhere\"", "dataDirectory cannot be changed from afar")]
    [InlineData("\"outbox\": { \"maxAge\": \"300d\" }", "\"outbox\": { \"maxAge\": \"1d\" }", "outbox cannot be changed from afar")]
    [InlineData("\"4h\"", "\"7m\"", "instruments[0].cadence")]
    [InlineData("\"simulated\"", "\"unknown\"", "instruments[0].driver")]
    public void Offer_WhatCannotBeTheStationsConfiguration_IsRefusedAndNotKept(string right, string wrong, string reason)
    {
        Assert.Contains(right, Document("4h"), StringComparison.Ordinal);
        var remote = new RemoteConfiguration(StationConfiguration.Load(_file));
        var document = Encoding.UTF8.GetBytes(Document("4h").Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(reason, Assert.Throws<RefusedOrderException>(() => remote.Offer(document)).Message, StringComparison.Ordinal);
        Assert.Contains("was offered", Assert.Throws<RefusedOrderException>(() => remote.Apply(Digest.Of(document).ToString(), "")).Message, StringComparison.Ordinal);
    }

    private RemoteConfiguration Begun => new(StationConfiguration.Load(_file));

    private StationConfiguration Begin() => RemoteConfiguration.Begin(StationConfiguration.Load(_file), out _);

    private void Take(string cadence, string? inForce = null)
    {
        var remote = Begun;
        var document = Encoding.UTF8.GetBytes(Document(cadence));
        remote.Offer(document);
        remote.Apply(Digest.Of(document).ToString(), inForce ?? StationConfiguration.Load(_file).Digest.ToString());
    }

    private IReadOnlyList<RecordBody> Bodies() => [.. Chain.Bodies(_folder["data/outbox.db"])];

    private int Answers() => Bodies().OfType<EventBody>().Count(b => b.Event.Type == EventType.CommandObeyed);

    private string Document(string cadence) => $$"""
        {
          "deployment": "xinan", "station": "JK-1", "dataDirectory": "data", "outbox": { "maxAge": "300d" },
          "mqtt": { "host": "127.0.0.1", "port": {{_broker.Port}} },
          "operators": [{ "id": "anhui", "publicKeyFile": "operator.pem" }],
          "instruments": [{ "id": "probe", "driver": "simulated", "cadence": "{{cadence}}", "timeout": "500ms" }],
          "commands": { "accept": ["configuration"] }
        }
        """;
}
