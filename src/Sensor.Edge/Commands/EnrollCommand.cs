using Sensor.Edge.Configuration;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge enroll</c>.</summary>
internal static class EnrollCommand
{
    public static int Run(StationConfiguration configuration)
    {
        var identity = EdgeHost.Enroll(configuration);
        Console.Out.Write($"deployment: {identity.Deployment}\nstation: {identity.Station}\nfingerprint: {identity.Fingerprint}\n{identity.PublicKeyPem}");
        Console.Error.WriteLine(
            $"Give these lines to {(configuration.Operators.Count == 1 ? "the operator" : "each of the operators")} {string.Join(", ", configuration.Operators.Select(o => o.Id))}, who enters the station with this key; compare the fingerprint by another way, such as the telephone. "
            + $"The private key in {configuration.KeyFile} never leaves the station: copy it nowhere. A station with a new card makes a new key and is entered anew.");
        return ExitCodes.Done;
    }
}
