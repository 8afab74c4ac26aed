namespace Sensor.Ingest.Configuration;

/// <summary>Addresses of other services, as configurations give them.</summary>
internal static class WebAddress
{
    /// <summary>Whether a text is one: http or https, and neither a user nor a question nor a fragment in it.</summary>
    public static bool IsOne(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" };
}
