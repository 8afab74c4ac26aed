using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using Sensor.Audit.Commands;

namespace Sensor.Audit;

/// <summary>The offline command line <c>waterwatch</c>: data goes to standard output, messages to standard error.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        using var output = Utf8(Console.OpenStandardOutput());
        using var error = Utf8(Console.OpenStandardError());
        return Run(args, output, error);
    }

    /// <summary>Runs one command line and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        RootCommand root = new("Recomputes, offline, what WaterWatch decides about water at a boundary.")
        {
            RoundCommand.Create(),
            ClassifyCommand.Create(),
            AssessCommand.Create(),
            DiffCommand.Create(),
            QcCommand.Create(),
            Hj212Command.Create(),
            AgreementCommand.Create(),
            SignCommand.Create(),
            VerifyCommand.Create(),
            LogCommand.Create(),
        };
        DetailedCommand.ShowDetailsIn(root);
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            error.WriteLine(string.Join('\n', parsed.Errors.Select(e => e.Message)));
            error.WriteLine("'waterwatch --help' lists the commands, 'waterwatch COMMAND --help' what a command takes.");
            return ExitCode.BadInput;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (BadInputException e)
        {
            error.WriteLine(e.Message);
            return ExitCode.BadInput;
        }
    }

    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
}
