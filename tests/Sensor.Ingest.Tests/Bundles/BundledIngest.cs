using System.Text;
using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Commands;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Signing;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Bundles;

/// <summary>
/// An ingest that decided August 2020 (months, closed after 10 days) from two runs of a station, of which one record is lost and one number was
/// given twice, and a determination that both parties signed; and the bundle that its command made while it ran.
/// </summary>
public sealed class BundledIngest : IAsyncLifetime
{
    public const string Section = "河口";
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];

    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-1");
    private readonly SigningKey _up = SigningKey.Create();
    private readonly SigningKey _down = SigningKey.Create();
    private TestIngest _ingest = null!;
    private SigningKey? _operator;

    public string Folder => _ingest.Configuration.DataDirectory;

    /// <summary>The bundle of the outcome on which nothing was determined.</summary>
    public byte[] Plain { get; private set; } = [];

    /// <summary>The bundle of the outcome that a determination changed.</summary>
    public byte[] Determined { get; private set; } = [];

    /// <summary>A receipt that the ingest published and a record of <see cref="Determined"/> names.</summary>
    public Envelope Honest { get; private set; } = null!;

    /// <summary>A receipt with another root, as an operator signs one who shows two histories; a record of <see cref="Determined"/> names it.</summary>
    public Envelope Lying { get; private set; } = null!;

    public string Configuration => Path.Combine(Folder, "ingest.json");

    public ISigner Operator => _operator ??= SigningKey.LoadOrCreate(_ingest.Configuration.KeyFile);

    public IReadOnlyList<IssuedOutcome> Outcomes => _ingest.Host.Outcomes;

    public async ValueTask InitializeAsync()
    {
        File.Copy(Repository.PathOf("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"), Path.Combine(_agreements, "case.json"));
        _ingest = await TestIngest.StartAsync(
            agreements: _agreements,
            before: host => host.EnrollStation(_station.Id, Section, _station.Key.Public, "test"),
            parties: [new PartyConfiguration("up", _up.Public.Pem), new PartyConfiguration("down", _down.Public.Pem)]);
        await WriteConfigurationAsync();
        await SendAsync(Records());
        await DecidedAsync(1);
        Plain = await BundleAsync("plain.bundle");
        _ingest.Host.EnrollStation("ST-2", "别处", _up.Public, "test");
        await ShowReceiptsAsync();
        await SendAsync(Naming(Honest, () => Day(8, 20, "1.20", wall: Moment(9, 12), flag: "L")), Naming(Lying, () => Day(8, 21, "30.0", wall: Moment(9, 13))));
        Determine();
        await DecidedAsync(2);
        Determined = await BundleAsync("determined.bundle");
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        (_operator as IDisposable)?.Dispose();
        _station.Dispose();
        _up.Dispose();
        _down.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    /// <summary>Runs <c>bundle</c> beside the service; its exit code and what it printed.</summary>
    public async Task<(int Code, string Output)> CommandAsync(string window, string file, params string[] more)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await IngestCommand.RunAsync(["bundle", "--config", Configuration, "--agreement", "case", "--section", Section, "--window", window, "--out", Path.Combine(Folder, file), .. more], output, error);
        return (code, output.ToString() + error);
    }

    /// <summary>Ends the service; its folder stays.</summary>
    public Task StopAsync() => _ingest.Host.StopAsync();

    /// <summary>The bundle with other members, everything listed and signed anew: what an operator could do who cheats.</summary>
    public byte[] Forged(byte[] bundle, Func<List<BundleMember>, IEnumerable<BundleMember>> change, Func<BundleManifest, BundleManifest>? manifest = null) =>
        Forged(bundle, Operator, change, manifest);

    /// <summary>The same by any operator.</summary>
    public static byte[] Forged(byte[] bundle, ISigner by, Func<List<BundleMember>, IEnumerable<BundleMember>> change, Func<BundleManifest, BundleManifest>? manifest = null)
    {
        var members = BundleContainer.Read(bundle);
        List<BundleMember> changed = [.. change([.. members.Skip(2)]).OrderBy(m => m.Name, StringComparer.Ordinal)];
        var listed = BundleManifest.Read(members[0].Content.Span) with { Members = [.. changed.Select(m => new ManifestEntry(m.Name, m.Content.Length, Digest.Of(m.Content.Span)))] };
        var bytes = (manifest?.Invoke(listed) ?? listed).ToBytes();
        return BundleContainer.Write([new("manifest.json", bytes), new("manifest.jws", Encoding.ASCII.GetBytes(DetachedJws.Sign(ContentTypes.Bundle, bytes, by))), .. changed]);
    }

    private async Task ShowReceiptsAsync()
    {
        await Until.True(() => Kept().Any(r => ReceiptStore.Read(r).LogSize > 20), "a kept receipt");
        Honest = Kept().First(r => ReceiptStore.Read(r).LogSize > 20);
        Lying = Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(ReceiptStore.Read(Honest) with { LogSize = 3, LogRoot = Digest.Of([3]) }), Operator);
    }

    private IReadOnlyList<Envelope> Kept()
    {
        using var store = CheckpointStore.Open(Folder);
        return new ReceiptStore(store.Tables).Of("anhui");
    }

    private Envelope Naming(Envelope receipt, Func<Envelope> sign)
    {
        _station.Receipts = [new ReceiptSeen("anhui", receipt.Digest)];
        return sign();
    }

    private async Task<byte[]> BundleAsync(string file)
    {
        var (code, output) = await CommandAsync("2020-08", file);
        Assert.True(code == 0, output);
        return await File.ReadAllBytesAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken);
    }

    private Envelope[] Records()
    {
        List<Envelope> sent = [.. Enumerable.Range(1, 9).Select(day => Day(8, day, $"1.{day:00}"))];
        Day(8, 10, "9.99");
        sent.AddRange(Enumerable.Range(11, 8).Select(day => Day(8, day, $"1.{day:00}", flag: day == 12 ? "M" : "N")));
        var lost = _station.Run;
        _station.Restart(_station.Memory);
        sent.Add(_station.Next(new LossBody { Run = lost, First = 10, Last = 10, Count = 1, Reason = LossReason.Corruption }, Moment(8, 19)));
        sent.Add(Day(8, 3, "1.33"));
        sent.Add(_station.Sign(new ReadingsBody(Moment(8, 19), [.. Readings(Moment(8, 19), "0.01", "N")]), 3, Moment(8, 19)));
        sent.Add(Day(8, 19, "1.90"));
        sent.Add(Day(8, 20, "1.20", flag: "L"));
        sent.Add(Day(9, 12, "1.00", wall: Moment(9, 12)));
        return [.. sent];
    }

    private Envelope Day(int month, int day, string codMn, Instant? wall = null, string flag = "N") =>
        _station.Next(new ReadingsBody(Moment(month, day), [.. Readings(Moment(month, day), codMn, flag)]), wall ?? Moment(month, day));

    private static IEnumerable<Reading> Readings(Instant at, string codMn, string flag) => Parameters.Zip([codMn, "0.15", "0.027", "1.10"], (parameter, value) =>
        TestStation.Reading(parameter, value, at, flag: flag) with { DetectionLimit = flag == "L" ? MeasuredValue.Parse(value) : null });

    private static Instant Moment(int month, int day) => Instant.From(new DateTimeOffset(2020, month, day, 8, 0, 0, TimeSpan.FromHours(8)));

    private async Task SendAsync(params Envelope[] records)
    {
        await using var client = await StationClient.ConnectAsync(_ingest.MqttPort, _ingest.Host.OperatorKey, _station.Id);
        await client.SendAsync(_station, records);
    }

    private Task DecidedAsync(int version) => Until.True(
        async () =>
        {
            await _ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
            return _ingest.Host.Outcomes is [{ Jws: not null } outcome] && outcome.Supersedes is null == (version == 1);
        },
        $"version {version} of the outcome");

    private void Determine()
    {
        var document = Encoding.UTF8.GetBytes(
            $$"""{"schema":"waterwatch/determinations/1","agreement":"case","version":1,"determinations":[{"id":"late","kind":"exclude","section":"{{Section}}","from":"2020-08-05T00:00:00+08:00","to":"2020-08-06T00:00:00+08:00","reason":{"code":"agreed","en":"agreed","zh":"商定"},"document":"No. 1","decidedBy":["A","B"]}]}""");
        using var store = DeterminationStore.Open(Folder, TimeProvider.System);
        var desk = new DeterminationDesk(store, AgreementFolder.Read(_agreements), _ingest.Configuration.Parties);
        var signatures = new[] { _up, _down }.ToDictionary(k => k.Public.Id.ToString(), k => DetachedJws.Sign(ContentTypes.Determination, document, k), StringComparer.Ordinal);
        Assert.Empty(desk.Enter("d.json", document, signatures, "test").Missing);
    }

    private Task WriteConfigurationAsync()
    {
        foreach (var (name, key) in new[] { ("up", _up), ("down", _down) })
        {
            File.WriteAllText(Path.Combine(Folder, name + ".pem"), key.Public.Pem);
        }

        return File.WriteAllTextAsync(
            Configuration,
            $$"""
            { "deployment": "test", "operator": "anhui", "dataDirectory": ".", "keyFile": "operator.key.pem", "agreementsDirectory": "{{_agreements}}", "mqtt": { "host": {} },
              "parties": [{ "id": "up", "publicKeyFile": "up.pem" }, { "id": "down", "publicKeyFile": "down.pem" }] }
            """,
            TestContext.Current.CancellationToken);
    }
}
