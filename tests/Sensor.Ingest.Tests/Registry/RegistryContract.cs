using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Tests.Registry;

/// <summary>What every store of the registry does; a store has a subclass that opens it.</summary>
public abstract class RegistryContract
{
    private const string Pem = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
        6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
        -----END PUBLIC KEY-----
        """;

    [Fact]
    public void Load_SameEntriesInAnyOrderByAnybody_GiveOneText()
    {
        using var first = Open("a");
        using var second = Open("b");
        using var key = PublicKey.FromPem(Pem);
        using var other = SigningKey.Create();
        first.Enroll("ST-1", "街口", key, null, "one");
        first.Enroll("ST-1", "Below", key, new Instant(1_600_000_000_000), "one");
        first.Enroll("ST-2", "Elsewhere", other.Public, null, "one");
        second.Enroll("ST-2", "Elsewhere", other.Public, null, "two");
        second.Enroll("ST-1", "Below", key, new Instant(1_600_000_000_000), "two");
        second.Enroll("ST-1", "街口", key, null, "two");

        Assert.Equal(first.Load().Text, second.Load().Text);
        Assert.Equal(first.Load().Digest, second.Load().Digest);
    }

    [Fact]
    public void Load_OneStation_HasTheFrozenTextAndDigest()
    {
        using var store = Open("a");
        using var key = PublicKey.FromPem(Pem);
        store.Enroll("ST-1", "街口", key, new Instant(1_588_896_000_000), "one");

        var registry = store.Load();

        Assert.Equal($"waterwatch registry 1\nkey ST-1 {key.Id}\nsection ST-1 2020-05-08T00:00:00.000Z 街口\n", registry.Text);
        Assert.Equal(Digest.Of(System.Text.Encoding.UTF8.GetBytes(registry.Text)), registry.Digest);
    }

    [Fact]
    public void SectionOf_MovedStation_AnswersByMoment()
    {
        using var store = Open("a");
        using var key = PublicKey.FromPem(Pem);
        store.Enroll("ST-1", "Above", key, new Instant(1000), "one");
        store.Enroll("ST-1", "Below", key, new Instant(2000), "one");
        store.Enroll("ST-1", "Beside", key, new Instant(2000), "a correction");

        var registry = store.Load();

        Assert.Equal([null, "Above", "Above", "Beside"], new[] { 999L, 1000, 1999, 2000 }.Select(at => registry.SectionOf("ST-1", new Instant(at))));
    }

    [Fact]
    public void Enroll_KeyOfAnotherStation_IsRefused()
    {
        using var store = Open("a");
        using var key = PublicKey.FromPem(Pem);
        store.Enroll("ST-1", "Above", key, null, "one");

        var refused = Assert.Throws<ArgumentException>(() => store.Enroll("ST-2", "Above", key, null, "one"));

        Assert.Contains("is enrolled for ST-1", refused.Message, StringComparison.Ordinal);
        Assert.Single(store.Load().Placements);
    }

    [Fact]
    public void Version_AfterAnotherConnectionEnteredSomething_IsAnother()
    {
        using var store = Open("a");
        using var other = Open("a");
        using var key = PublicKey.FromPem(Pem);
        var before = store.Version;

        other.Enroll("ST-1", "Above", key, null, "one");
        var enrolled = store.Version;
        other.Revoke(key.Id, new Instant(1000), "one");

        Assert.Equal(3, new[] { before, enrolled, store.Version }.Distinct().Count());
        Assert.Equal(new Instant(1000), Assert.Single(store.Load().Keys).RevokedAt);
    }

    /// <summary>Opens the registry of this name; the same name twice is the same registry.</summary>
    private protected abstract RegistryStore Open(string name);
}
