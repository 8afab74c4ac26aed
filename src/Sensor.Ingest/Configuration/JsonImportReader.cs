using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads an import of plain JSON over MQTT.</summary>
internal static class JsonImportReader
{
    public static JsonImportConfiguration Read(StrictObject json, string operatorId, string folder)
    {
        var import = new JsonImportConfiguration
        {
            Connect = ExternalBrokerReader.Read(json.Child("connect"), "waterwatch-import-" + operatorId, folder),
            Filter = json.Text("filter", TopicTemplate.IsFilter, "an MQTT topic filter such as gateway/+/values, not shared"),
            Messages = [.. json.Children("messages", 1).Select(JsonMessageReader.Read)],
            Limits = json.OptionalChild("limits") is { } limits ? Limits(limits) : new JsonImportLimits(),
        };
        CheckTopics(json, import);
        if (import.Connect.Share is not null)
        {
            json.Problem("connect.share", "is for stations, whose records say their own order", "Remove it; an import belongs to one process");
        }

        json.End();
        return import;
    }

    private static JsonImportLimits Limits(StrictObject json)
    {
        var limits = new JsonImportLimits
        {
            MessageBytes = (int)json.Whole("messageBytes", 256, WireLimits.Message, 65_536),
            Readings = (int)json.Whole("readings", 1, 10_000, 1000),
            ReceiveMaximum = (int)json.Whole("receiveMaximum", 1, 65_535, 64),
        };
        json.End();
        return limits;
    }

    private static void CheckTopics(StrictObject json, JsonImportConfiguration import)
    {
        for (var i = 0; i < import.Messages.Count; i++)
        {
            var topic = import.Messages[i].Topic;
            if (import.Filter.Length > 0 && topic.Text != JsonMessageReader.NoTopic.Text && !topic.IsCoveredBy(import.Filter))
            {
                json.Problem($"messages[{i}].topic", $"{topic.Text} is not covered by the filter {import.Filter}", "Correct one of them; only what the filter covers comes from the broker");
            }

            if (import.Messages.Take(i).FirstOrDefault(m => m.Topic.Overlaps(topic)) is { } other)
            {
                json.Problem($"messages[{i}].topic", $"a topic can fit both {topic.Text} and {other.Topic.Text}", "Let each topic fit one");
            }
        }
    }
}
