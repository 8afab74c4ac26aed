using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads a member <c>connect</c>: a broker that somebody else runs.</summary>
internal static class ExternalBrokerReader
{
    /// <param name="json">The member.</param>
    /// <param name="clientId">The client id where none is given.</param>
    /// <param name="folder">The folder from which relative paths count.</param>
    public static ExternalBroker Read(StrictObject json, string clientId, string folder)
    {
        var password = json.OptionalText("passwordFile");
        var external = new ExternalBroker
        {
            Host = json.Text("host", expected: "the broker's host name or address"),
            Port = (int)json.Whole("port", 1, 65_535, 1883),
            Tls = json.Truth("tls", false),
            Username = json.OptionalText("username"),
            PasswordFile = password is null ? null : Path.GetFullPath(Path.Combine(folder, password)),
            Share = json.OptionalText("share", IsShareName, "a name of letters, digits, '-', '_' and '.', at most 32"),
            ClientId = json.OptionalText("clientId", id => id.Length <= 56, "a text of at most 56 characters") ?? clientId,
            Place = json.Path,
        };
        if (external.PasswordFile is { } file && !File.Exists(file))
        {
            json.Problem("passwordFile", $"the file {file} does not exist", "Write the password into it, readable only for the service");
        }

        json.End();
        return external;
    }

    private static bool IsShareName(string name) => name.Length is > 0 and <= 32 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
