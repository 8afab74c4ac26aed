using System.Text;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Tests.Support;

/// <summary>Reads the options of a driver as the configuration does.</summary>
internal static class OptionsJson
{
    /// <exception cref="DocumentException">The options have mistakes.</exception>
    public static T Read<T>(string json, Func<StrictObject, DriverContext, T> read) =>
        StrictDocument.Read("options", Encoding.UTF8.GetBytes(json), options => read(options, new DriverContext(Path.GetFullPath, FakeBuses.Configured)));
}
