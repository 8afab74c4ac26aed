using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads the member <c>telemetry</c>; opens no connection.</summary>
internal static class TelemetryReader
{
    /// <summary>The collector; null where none is named.</summary>
    public static OtlpConfiguration? Read(StrictObject json)
    {
        var otlp = json.OptionalChild("otlp") is { } collector ? ReadOtlp(collector) : null;
        json.End();
        return otlp;
    }

    private static OtlpConfiguration ReadOtlp(StrictObject json)
    {
        var address = json.Text("url", WebAddress.IsOne, "an address such as http://127.0.0.1:4317");
        var otlp = new OtlpConfiguration
        {
            Url = WebAddress.IsOne(address) ? new Uri(address) : new Uri("http://0.0.0.0"),
            Protocol = json.Has("protocol") ? json.Word("protocol", ["grpc", "http"]) : "grpc",
            OneIn = (int)json.Whole("oneIn", 1, 1_000_000, 1),
        };
        json.End();
        return otlp;
    }
}
