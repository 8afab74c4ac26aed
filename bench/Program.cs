using System.CommandLine;

namespace WaterWatch.Bench;

internal static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand("Measures what the decision costs. docs/performance.md says what the figures are and what they are not.")
        {
            AssessCommand.Create(),
        };
        return root.Parse(args).Invoke();
    }
}
