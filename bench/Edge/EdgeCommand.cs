using System.CommandLine;

namespace WaterWatch.Bench.Edge;

/// <summary><c>edge</c>: what the native station takes of a machine.</summary>
internal static class EdgeCommand
{
    public static Command Create()
    {
        var program = new Option<FileInfo?>("--program") { Description = "The native waterwatch-edge, with its libraries beside it; without this it is published first.", HelpName = "FILE" };
        var minutes = new Option<int>("--minutes") { Description = "How long it runs at the cadence of a minute.", HelpName = "N", DefaultValueFactory = _ => 5 };
        var backlog = new Option<int>("--backlog") { Description = "The records of the outage whose backlog is drained.", HelpName = "N", DefaultValueFactory = _ => 20_000 };
        var command = new Command("edge", "Resident memory, CPU share, start time, size, bytes written and drain rate of the native station with 12 instruments, each beside its aim. Needs mosquitto.")
        {
            program, minutes, backlog,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(program), parsed.GetValue(minutes), parsed.GetValue(backlog), stop));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo? given, int minutes, int backlog, CancellationToken stop)
    {
        using var folder = new TemporaryFolder();
        var program = given?.FullName ?? NativeStation.Publish(folder.Path);
        EdgeReport.Size(program);
        await EdgeReport.StartAsync(program, folder, stop);
        await EdgeReport.BytesAsync(program, folder, stop);
        await EdgeReport.DrainAsync(program, folder, backlog, stop);
        await EdgeReport.SteadyAsync(program, folder, minutes, stop);
        return 0;
    }
}
