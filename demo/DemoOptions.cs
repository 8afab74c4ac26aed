using System.CommandLine;

namespace WaterWatch.Demo;

/// <summary>What the demo is asked to do.</summary>
/// <param name="Once">End when everything is decided.</param>
/// <param name="Json">Where every outcome is written.</param>
/// <param name="Data">The folder of CSV files to replay, or null for the recorded national data.</param>
/// <param name="Port">The port of the page.</param>
/// <param name="MqttPort">The port of the broker.</param>
internal sealed record DemoOptions(bool Once, FileInfo? Json, DirectoryInfo? Data, int Port, int MqttPort)
{
    /// <summary>The command line of the demo; a mistake in it is reported by the parser and ends with exit code 1.</summary>
    public static RootCommand Command(Func<DemoOptions, CancellationToken, Task<int>> run)
    {
        var once = new Option<bool>("--once") { Description = "Exit as soon as everything is decided, instead of leaving the page up." };
        var json = new Option<FileInfo?>("--json") { Description = "Write every outcome to this file, and the operator's signatures beside it (.signatures.json)." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Replay the CSV files of this folder instead of the recorded national data." };
        var port = new Option<int>("--port") { Description = "The port of the page.", DefaultValueFactory = _ => 8080 };
        var mqtt = new Option<int>("--mqtt-port") { Description = "The port of the broker.", DefaultValueFactory = _ => 1883 };
        foreach (var option in new[] { port, mqtt })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var number) || number is < 1 or > 65535))
                {
                    result.AddError($"{option.Name} takes a number from 1 to 65535.");
                }
            });
        }

        data.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo?>() is { Exists: false } folder)
            {
                result.AddError($"The folder {folder.FullName} does not exist.");
            }
        });

        json.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { Directory.Exists: false } file)
            {
                result.AddError($"The folder {file.DirectoryName} does not exist.");
            }
        });

        var command = new RootCommand("""
            WaterWatch on recorded data: real stations, a real broker and a real ingest, from the readings to signed outcomes.
            Exit codes: 0 everything was decided; 1 a mistake on the command line, or ended before everything was decided; 2 a file of the data is wrong, or a port is taken; 3 not everything could be decided in time.
            """)
        {
            once, json, data, port, mqtt,
        };
        command.SetAction((parsed, cancellation) => run(
            new DemoOptions(parsed.GetValue(once), parsed.GetValue(json), parsed.GetValue(data), parsed.GetValue(port), parsed.GetValue(mqtt)),
            cancellation));
        return command;
    }
}
