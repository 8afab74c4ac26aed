using Sensor.Edge.Drivers;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Drivers;

public sealed class DriverCatalogTests
{
    private static readonly string[] Card = ["Link", "Accuracy", "Range", "Resolution", "Timings", "Differences"];

    [Fact]
    public void All_EveryDriverClass_IsListedUnderItsFileName()
    {
        var classes = typeof(IDriver).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IDriver))).Select(t => t.Name);
        Assert.Equal(classes.Order(StringComparer.Ordinal), DriverCatalog.All.Select(d => FileName(d)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_EveryDriverFile_BeginsWithItsCard()
    {
        foreach (var driver in DriverCatalog.All)
        {
            var source = File.ReadAllText(Repository.PathOf($"src/Sensor.Edge/Drivers/{FileName(driver)}.cs"));
            var card = source[..source.IndexOf("class ", StringComparison.Ordinal)];
            var places = Card.Select(line => card.IndexOf($"<para>{line}: ", StringComparison.Ordinal)).ToArray();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        }
    }

    private static string FileName(DriverEntry driver) => string.Concat(driver.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Driver";
}
