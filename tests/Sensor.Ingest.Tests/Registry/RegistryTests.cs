using Sensor.Ingest.Configuration;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Registry;

/// <summary>The contract of registries in a SQLite file.</summary>
public sealed class RegistryTests : RegistryContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-registry-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override RegistryStore Open(string name) => RegistryStore.Open(Path.Combine(_folder, name), TimeProvider.System);
}

/// <summary>The contract of registries in a real PostgreSQL.</summary>
public sealed class PostgresRegistryTests(PostgresCluster cluster) : RegistryContract
{
    private readonly Dictionary<string, PostgresStore> _stores = new(StringComparer.Ordinal);

    private protected override RegistryStore Open(string name)
    {
        if (!_stores.TryGetValue(name, out var store))
        {
            _stores.Add(name, store = cluster.CreateStore());
        }

        return RegistryStore.Open(TestIngest.Configure(new HostedBroker()) with { Store = store }, TimeProvider.System);
    }
}
