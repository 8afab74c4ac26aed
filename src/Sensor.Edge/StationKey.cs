using System.Security.Cryptography;
using Sensor.Contracts.Keys;
using Sensor.Edge.Commands;
using Sensor.Edge.Configuration;

namespace Sensor.Edge;

/// <summary>The station's private key file.</summary>
internal static class StationKey
{
    /// <exception cref="EdgeException">There is none, or it cannot be used.</exception>
    public static SigningKey Load(StationConfiguration configuration) => File.Exists(configuration.KeyFile)
        ? Read(configuration)
        : throw new EdgeException(ExitCodes.Key, $"The key file {configuration.KeyFile} does not exist. Run 'waterwatch-edge enroll' once and give the operators what it prints.");

    /// <summary>Makes the key where there is none yet; never beside an outbox that another key has signed.</summary>
    /// <exception cref="EdgeException">The key is lost, or cannot be written.</exception>
    public static SigningKey LoadOrCreate(StationConfiguration configuration) => File.Exists(configuration.KeyFile) || !File.Exists(configuration.OutboxFile)
        ? Read(configuration)
        : throw new EdgeException(ExitCodes.Key, $"The outbox {configuration.OutboxFile} was signed with a key, but {configuration.KeyFile} does not exist. Put the key file back; for a new key, move the outbox away first.");

    private static SigningKey Read(StationConfiguration configuration)
    {
        try
        {
            return SigningKey.LoadOrCreate(configuration.KeyFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(ExitCodes.Key, $"The key file {configuration.KeyFile} cannot be used: {e.Message.TrimEnd('.')}. Put back the file that 'waterwatch-edge enroll' made, readable for this user.", e);
        }
    }
}
