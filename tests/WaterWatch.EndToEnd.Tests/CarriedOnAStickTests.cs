namespace WaterWatch.EndToEnd.Tests;

/// <summary>A station that never reaches a broker: its records travel as a file, and the operator decides as if it had heard them.</summary>
public sealed class CarriedOnAStickTests : IDisposable
{
    private const int Nowhere = 9;
    private const int Records = Station.Instants + 1;

    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-stick-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Import_WhatAStationExported_DecidesAndChangesNothingTheSecondTime()
    {
        var stick = Path.Combine(_folder, "stick.records");
        using var broker = await Mosquitto.StartAsync(_folder);
        using var anhui = new Operator("anhui", _folder, broker.Port);
        using var station = new Station(_folder, Nowhere, recordsPerSecond: 0, anhui);
        anhui.Enroll(Station.Id, Station.Section, station.PublicKeyFile);
        station.Start();
        await Eventually.GetAsync(() => Task.FromResult(Held(station) == Records ? "all" : null), "the station has signed everything", () => "");
        station.Export(stick);
        station.Kill();

        Assert.Equal($"new {Records}, here already 0, fork 0, pending 0, pending already 0, refused 0", anhui.Import(stick));
        Assert.Equal($"new 0, here already {Records}, fork 0, pending 0, pending already 0, refused 0", anhui.Import(stick));

        await anhui.StartAsync();
        var decided = await anhui.DecidedAsync(windowCount: 3, used: 148, excluded: 87);
        Assert.Equal(3, decided.Count);
        Assert.Equal(Records, (await anhui.CheckpointAsync())!.Size);
    }

    private static long? Held(Station station)
    {
        try
        {
            return station.Status().GetProperty("records").GetInt64();
        }
        catch (Xunit.Sdk.XunitException)
        {
            return null;
        }
    }
}
