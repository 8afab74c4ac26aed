namespace Sensor.Contracts.Documents;

/// <summary>A row of a <see cref="CsvTable"/>.</summary>
internal sealed class CsvRow(CsvRecord record, IReadOnlyList<string> header)
{
    /// <summary>The line on which it begins, counted from 1.</summary>
    public int Line => record.Line;

    /// <summary>A field; null where the file does not have the column.</summary>
    public string? this[string name]
    {
        get
        {
            for (var i = 0; i < header.Count; i++)
            {
                if (header[i] == name)
                {
                    return record.Fields[i];
                }
            }

            return null;
        }
    }

    /// <summary>A field that is filled; null where it is not.</summary>
    public string? Optional(string name) => this[name] is { Length: > 0 } text ? text : null;

    /// <summary>The column <c>section</c>.</summary>
    public string Section() => this["section"] is { } section && Names.IsSection(section) ? section : throw Wrong("section", "a section's name of 1 to 64 characters");

    /// <summary>The column <c>time</c>.</summary>
    public Instant Time() => Instant.TryParse(this["time"]!, out var time) ? time : throw Wrong("time", "an ISO 8601 time with offset such as 2020-05-08T08:00:00+08:00");

    /// <summary>The column <c>parameter</c>.</summary>
    public string Parameter() => this["parameter"] is { } code && Contracts.Parameter.IsWellFormed(code) ? code : throw Wrong("parameter", "a national factor code such as w01019");

    /// <summary>What is wrong with a field, to be thrown.</summary>
    public FormatException Wrong(string name, string expected) => new($"line {Line}: {name} '{this[name]}' is not {expected}");
}
