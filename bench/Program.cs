using System.CommandLine;

namespace WaterWatch.Bench;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Measures what deciding costs, and what a station takes of its machine. docs/performance.md says what the figures are and what they are not.")
        {
            AssessCommand.Create(),
            Edge.EdgeCommand.Create(),
        };
        return await root.Parse(args).InvokeAsync();
    }
}
