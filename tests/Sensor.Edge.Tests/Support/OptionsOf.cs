using System.Text;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Tests.Support;

/// <summary>Reads a driver's options as the configuration would, on a station that has the buses of <see cref="FakeBuses"/>.</summary>
internal static class OptionsOf
{
    /// <exception cref="DocumentException">The options have mistakes.</exception>
    public static T Read<T>(string driver, string json)
        where T : DriverOptions => Assert.IsType<T>(Read(driver, json));

    /// <summary>The mistakes of options, each as its place and what is wrong.</summary>
    public static IReadOnlyList<string> Problems(string driver, string json) =>
        [.. Assert.Throws<DocumentException>(() => Read(driver, json)).Problems.Select(p => $"{p.Path} {p.What}")];

    private static DriverOptions Read(string driver, string json) => StrictDocument.Read(
        "options", Encoding.UTF8.GetBytes(json), options => DriverCatalog.Find(driver)!.ReadOptions(options, new DriverContext(path => path, FakeBuses.Configured)));
}
