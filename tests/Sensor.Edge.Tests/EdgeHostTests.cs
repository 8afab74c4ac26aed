using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests;

public sealed class EdgeHostTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _anhui = SigningKey.Create();

    public void Dispose()
    {
        _anhui.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_SmallFile_SignsExactlyWhatItSays()
    {
        var configuration = Configuration("""
            section,time,parameter,value,unit,flag
            街口,2020-03-10T12:00:00+08:00,w01001,7.06,[pH],N
            街口,2020-03-10T12:00:00+08:00,w21003,,mg/L,M
            街口,2020-03-10T12:00:00+08:00,w01001,7.06,[pH],N
            街口,2020-05-10T08:00:00+08:00,w01019,1.40,mg/L,N
            """);
        var identity = EdgeHost.Enroll(configuration);
        await RunToTheEndAsync(configuration);

        using var key = PublicKey.FromPem(identity.PublicKeyPem);
        var bodies = Chain.Verified(configuration.OutboxFile, key).Select(r => r.Record.Body).OfType<ReadingsBody>().ToArray();
        Assert.Equal(
            ["2020-03-10T04:00:00.000Z w01001 7.06 [pH] N, w21003 NotReported mg/L M", "2020-03-10T04:00:00.000Z w01001 7.06 [pH] N", "2020-05-10T00:00:00.000Z w01019 1.40 mg/L N"],
            bodies.Select(b => $"{b.Instant} " + string.Join(", ", b.Readings.Select(r => $"{r.Parameter} {r.Value?.ToString() ?? r.Missing.ToString()} {r.Unit} {r.Flag}"))));
        Assert.All(bodies.SelectMany(b => b.Readings), r => Assert.Equal((DatedBy.Instrument, "archive"), (r.DatedBy, r.Instrument)));
    }

    [Fact]
    public async Task Run_AgainAfterTheEnd_SignsNothingTwice()
    {
        var configuration = Configuration(Some.Csv(5));
        EdgeHost.Enroll(configuration);
        await RunToTheEndAsync(configuration);
        await RunToTheEndAsync(configuration);
        Assert.Equal(5, Chain.Bodies(configuration.OutboxFile).OfType<ReadingsBody>().Count());
    }

    [Fact]
    public async Task Run_StorageRefusesForAWhile_StoresTheSameRecordOnceItCan()
    {
        var configuration = Configuration(Some.Csv(3));
        EdgeHost.Enroll(configuration);
        await using var host = EdgeHost.Create(configuration);
        Storage(configuration, "CREATE TRIGGER full BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => host.Snapshot.Appended == 1 && !host.Snapshot.ReplayEnded, "the first record cannot be stored");
        Storage(configuration, "DROP TRIGGER full");
        await Wait.Until(() => host.Snapshot.ReplayEnded, "the replay goes on");
        Assert.Equal(3, Chain.Bodies(configuration.OutboxFile).OfType<ReadingsBody>().Count());
    }

    [Fact]
    public void Create_KeyWasNeverMade_IsRefused() => Assert.Equal(3, Assert.Throws<EdgeException>(() => EdgeHost.Create(Configuration(Some.Csv(1)))).ExitCode);

    [Fact]
    public async Task Dispose_NeverStarted_EndsTheRunOrderly()
    {
        var configuration = Configuration(Some.Csv(1));
        EdgeHost.Enroll(configuration);
        for (var i = 0; i < 2; i++)
        {
            await EdgeHost.Create(configuration).DisposeAsync();
        }

        Assert.Equal(["first", "orderly"], Chain.Bodies(configuration.OutboxFile).OfType<EventBody>().Select(b => b.Event.Kind));
    }

    [Fact]
    public async Task WhenDelivered_StationStops_EndsTheWait()
    {
        var configuration = Configuration(Some.Csv(1));
        EdgeHost.Enroll(configuration);
        await using var host = EdgeHost.Create(configuration);
        await host.StartAsync(TestContext.Current.CancellationToken);
        var delivered = host.WhenDelivered(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_OneAfterTheOtherWhileTheOthersReplay_EndsEachAtOnceAndOrderly(bool connected)
    {
        await using var broker = await TestBroker.StartAsync();
        var configurations = Fourteen(connected ? broker.Port : TestBroker.FreePort());
        var hosts = configurations.Select(configuration => EdgeHost.Create(configuration)).ToArray();
        await Task.WhenAll(hosts.Select(host => host.StartAsync(TestContext.Current.CancellationToken)));
        await Wait.Until(() => hosts.All(host => host.Snapshot.Appended > 20 && host.Snapshot.Connected == connected), "all of them replay");

        var watch = Stopwatch.StartNew();
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        foreach (var configuration in configurations)
        {
            await EdgeHost.Create(configuration).DisposeAsync();
            Assert.Equal("orderly", Chain.Bodies(configuration.OutboxFile).OfType<EventBody>().Last().Event.Kind);
        }
    }

    private static void Storage(StationConfiguration configuration, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={configuration.OutboxFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task RunToTheEndAsync(StationConfiguration configuration)
    {
        await using var host = EdgeHost.Create(configuration);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => host.Snapshot.ReplayEnded, "the replay ends");
    }

    /// <summary>Stations with more to replay than they can within the test, and no window to hold them back.</summary>
    private StationConfiguration[] Fourteen(int port)
    {
        var replay = Some.Replay(_folder.Write("long.csv", Some.Csv(20_000)));
        var configurations = Enumerable.Range(1, 14).Select(i => Some.Configuration(_folder, [("anhui", _anhui)], port, replay) with
        {
            Station = $"JK-{i}",
            DataDirectory = _folder[$"data-{i}"],
            Publishing = new PublishingConfiguration { Window = 65536, Batch = 64 },
        }).ToArray();
        foreach (var configuration in configurations)
        {
            EdgeHost.Enroll(configuration);
        }

        return configurations;
    }

    private StationConfiguration Configuration(string csv) => Some.Configuration(_folder, [("anhui", _anhui)], 1, Some.Replay(_folder.Write("a.csv", csv)));
}
