using System.CommandLine;

namespace WaterWatch.Bench;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Measures what deciding and receiving cost, and what a station takes of its machine. docs/performance.md says what the figures are and what they are not.")
        {
            AssessCommand.Create(),
            Edge.EdgeCommand.Create(),
            Evidence.EvidenceCommand.Create(),
            Ingest.IngestCommand.Create(),
            Query.QueryCommand.Create(),
            Size.SizeCommand.Create(),
            Reconnect.ReconnectCommand.Create(),
        };
        return await root.Parse(args).InvokeAsync();
    }
}
