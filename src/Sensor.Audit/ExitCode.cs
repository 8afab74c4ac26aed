namespace Sensor.Audit;

/// <summary>The exit codes that every command keeps to.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Of <c>diff</c> alone: what was compared is not the same.</summary>
    public const int Different = 1;

    /// <summary>Of <c>verify</c> alone: something that the bundle claims does not hold.</summary>
    public const int DoesNotHold = 1;

    public const int BadInput = 2;

    /// <summary>What --help says about them.</summary>
    public const string Help = "Exit codes: 0 done; 2 the command line or a file is wrong, with the place and the reason on standard error; 1, from diff alone, something differs, and from verify alone, something does not hold.";
}

/// <summary>Ends a command with <see cref="ExitCode.BadInput"/>: the message says what is wrong, where, and what to do.</summary>
internal sealed class BadInputException(string message) : Exception(message);
