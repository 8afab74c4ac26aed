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
            $"Give these lines to the operators {string.Join(", ", configuration.Operators.Select(o => o.Id))}. "
            + "Each of them enters the station with this key; compare the fingerprint by another way, such as the telephone. "
            + $"The private key stays in {configuration.KeyFile}: keep a copy offline, and never give it to anyone.");
        return ExitCodes.Done;
    }
}
