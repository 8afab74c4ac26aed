namespace Sensor.Contracts;

/// <summary>An operator's signed order to a station. The station embeds it whole in the record that says whether it obeyed.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Command
{
    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The station.</summary>
    public required string Station { get; init; }

    /// <summary>The operator that orders.</summary>
    public required string Operator { get; init; }

    /// <summary>The operator's count of commands to this station, from 1; a station obeys none twice and none out of order.</summary>
    public required long Sequence { get; init; }

    /// <summary>The operator's wall clock when it signed.</summary>
    public required Instant Issued { get; init; }

    /// <summary>What is ordered, <c>[a-z-]{1,32}</c>, such as <c>resend</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Arguments by name in ordinal order without repeats, at most 16.</summary>
    public IReadOnlyList<CommandArgument> Arguments { get; init; } = [];
}

/// <summary>One argument of a command.</summary>
/// <param name="Name">Its name, <c>[A-Za-z0-9._-]{1,32}</c>.</param>
/// <param name="Value">Its value, 1 to 512 bytes of UTF-8 without control characters.</param>
public sealed record CommandArgument(string Name, string Value);
