using Sensor.Compliance.Statistics;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Tests.Registry;

public sealed class TrustTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-trust-").FullName;

    [Fact]
    public void Load_AttestedKey_SaysSoInTheTextAndADeviceKeyDoesNot()
    {
        using var store = RegistryStore.Open(_folder, TimeProvider.System);
        using var device = SigningKey.Create();
        using var import = SigningKey.Create();
        store.Enroll("ST-1", "Above", device.Public, null, "one");
        store.Enroll("ST-2", "Above", import.Public, null, "one", Trust.Attested);

        var registry = store.Load();

        Assert.Contains($"key ST-1 {device.Public.Id}\n", registry.Text, StringComparison.Ordinal);
        Assert.Contains($"key ST-2 {import.Public.Id} attested\n", registry.Text, StringComparison.Ordinal);
        Assert.Equal([Trust.Device, Trust.Attested, Trust.Device], new[] { "ST-1", "ST-2", "ST-3" }.Select(registry.TrustOf));
    }

    [Theory]
    [InlineData(Trust.Device, Trust.Attested, "ST-1 is enrolled as device, not attested")]
    [InlineData(Trust.Attested, Trust.Device, "ST-1 is enrolled as attested, not device")]
    public void Enroll_OfBothTrusts_IsRefused(Trust first, Trust second, string expected)
    {
        using var store = RegistryStore.Open(_folder, TimeProvider.System);
        using var one = SigningKey.Create();
        using var other = SigningKey.Create();
        store.Enroll("ST-1", "Above", one.Public, null, "one", first);

        var refused = Assert.Throws<ArgumentException>(() => store.Enroll("ST-1", "Above", other.Public, null, "one", second));

        Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
        Assert.Single(store.Load().Keys);
    }

    [Fact]
    public void Open_FileOfBefore_KeepsItsKeysAsDevices()
    {
        using var key = SigningKey.Create();
        using (var before = Database.OpenForWriting(Path.Combine(_folder, "registry.db"), """
            CREATE TABLE placement(id INTEGER PRIMARY KEY, station TEXT NOT NULL, section TEXT NOT NULL, valid_from INTEGER, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL);
            CREATE TABLE station_key(id INTEGER PRIMARY KEY, station TEXT NOT NULL, key_id BLOB NOT NULL UNIQUE, public_key BLOB NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL);
            CREATE TABLE revocation(id INTEGER PRIMARY KEY, key_id BLOB NOT NULL UNIQUE, revoked_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL);
            """))
        {
            before.Execute("INSERT INTO station_key(station, key_id, public_key, recorded_at, recorded_by) VALUES($1, $2, $3, 0, 'one')", "ST-1", key.Public.Id.ToArray(), key.Public.SubjectPublicKeyInfo.ToArray());
        }

        using var store = RegistryStore.Open(_folder, TimeProvider.System);

        Assert.Equal($"waterwatch registry 1\nkey ST-1 {key.Public.Id}\n", store.Load().Text);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
