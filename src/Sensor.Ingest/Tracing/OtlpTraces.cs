using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Tracing;

/// <summary>Sends spans to a collector by OTLP.</summary>
internal static class OtlpTraces
{
    /// <summary>Adds the exporter that a configuration asks for; nothing listens to spans where it asks for none.</summary>
    public static void Add(IServiceCollection services, IngestConfiguration configuration)
    {
        if (configuration.Otlp is { } otlp)
        {
            services.AddOpenTelemetry().WithTracing(tracing => tracing
                .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("waterwatch-ingest", serviceInstanceId: configuration.Operator))
                .SetSampler(new ChainSampler(otlp.OneIn))
                .AddSource(IngestTraces.SourceName)
                .AddOtlpExporter(exporter => (exporter.Endpoint, exporter.Protocol) = (otlp.Url, otlp.Protocol == "http" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc)));
        }
    }
}
