using System.Text;
using CsCheck;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Tests.Registry;

/// <summary>The registry that an auditor reads says what the registry says under which the ingest decided.</summary>
public sealed class RegistryDocumentTests
{
    private static readonly string[] Stations = ["A", "A-1", "B"];

    private static readonly Gen<StationPlacement> Placements =
        from station in Gen.OneOfConst(Stations)
        from section in Gen.OneOfConst("河口", "26#大桥", "two words", "上游")
        from moment in Gen.Long[-3, 6]
        select new StationPlacement(station, section, moment < -1 ? null : new Instant(moment * 1_000_000_000_000), "test");

    [Fact]
    public void Read_TheTextOfAnyRegistry_PlacesEveryStationAlike() => Placements.Array[0, 12].Sample(
        placements =>
        {
            var registry = new RegistrySnapshot(placements, []);
            var document = RegistryDocument.Read("registry.txt", Encoding.UTF8.GetBytes(registry.Text));

            Assert.Equal(registry.Digest, document.Digest);
            foreach (var moment in Enumerable.Range(-2, 10).SelectMany(i => new[] { -1L, 0, 1 }.Select(off => new Instant((i * 1_000_000_000_000) + off))))
            {
                Assert.All(Stations, station => Assert.Equal(registry.SectionOf(station, moment), document.SectionOf(station, moment)));
            }
        },
        iter: 300);

    [Fact]
    public void Read_KeysOfEveryKind_AreThoseOfTheRegistry()
    {
        using SigningKey device = SigningKey.Create(), attested = SigningKey.Create();
        var revokedAt = new Instant(1_600_000_000_123);
        var registry = new RegistrySnapshot([], [(new StationKey("A", device.Public.Id, revokedAt), device.Public), (new StationKey("B", attested.Public.Id, null) { Trust = Trust.Attested }, attested.Public)]);
        var document = RegistryDocument.Read("registry.txt", Encoding.UTF8.GetBytes(registry.Text));

        Assert.Equal(("A", "B", null), (document.StationOf(device.Public.Id), document.StationOf(attested.Public.Id), document.StationOf(Digest.Of([1]))));
        Assert.Equal((Trust.Device, Trust.Attested, Trust.Device), (document.TrustOf("A"), document.TrustOf("B"), document.TrustOf("C")));
        Assert.Equal(revokedAt, Assert.Single(document.Revoked).Value);
        Assert.Equal(2, document.KeyCount);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("waterwatch registry 2\n", "line 1")]
    [InlineData("waterwatch registry 1", "line 1")]
    [InlineData("waterwatch registry 1\nsection A -\n", "line 2")]
    [InlineData("waterwatch registry 1\nsection a - 河口\n", "line 2")]
    [InlineData("waterwatch registry 1\nsection A 2020-01-01T00:00:00Z 河口\n", "line 2")]
    [InlineData("waterwatch registry 1\nsection B - 河口\nsection A - 河口\n", "line 3")]
    [InlineData("waterwatch registry 1\nsection A - 河口\nsection A - 河口\n", "line 3")]
    [InlineData("waterwatch registry 1\nkey A 00\n", "line 2")]
    [InlineData("waterwatch registry 1\nmoved A B\n", "line 2")]
    [InlineData("waterwatch registry 1\n\n", "line 2")]
    public void Read_WhatIsNotCanonical_NamesTheLine(string text, string line) =>
        Assert.Equal(line, Assert.Single(Assert.Throws<DocumentException>(() => RegistryDocument.Read("registry.txt", Encoding.UTF8.GetBytes(text))).Problems).Path);
}
