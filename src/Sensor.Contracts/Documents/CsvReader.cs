using System.Text;

namespace Sensor.Contracts.Documents;

/// <summary>One record of a CSV text and the line on which it begins, counted from 1.</summary>
/// <param name="Line">The line on which the record begins.</param>
/// <param name="Fields">The fields, quotes removed.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields);

/// <summary>Reads CSV as RFC 4180 defines it: comma, optional double quotes, CRLF or LF, an optional byte order mark.</summary>
public static class CsvReader
{
    /// <summary>The longest field that is accepted, in characters.</summary>
    public const int LongestField = 4096;

    /// <summary>Reads record after record; empty lines are passed over.</summary>
    /// <exception cref="FormatException">The text breaks RFC 4180; the message names the line.</exception>
    public static IEnumerable<CsvRecord> Read(TextReader text)
    {
        var line = 1;
        while (ReadRecord(text, ref line) is { } record)
        {
            if (record.Fields.Count > 1 || record.Fields[0].Length > 0)
            {
                yield return record;
            }
        }
    }

    /// <summary>Writes one field, quoted where it must be.</summary>
    public static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static CsvRecord? ReadRecord(TextReader text, ref int line)
    {
        if (text.Peek() < 0)
        {
            return null;
        }

        if (line == 1 && text.Peek() == '\uFEFF')
        {
            text.Read();
        }

        var start = line;
        var fields = new List<string>();
        while (ReadField(text, ref line, start, fields))
        {
        }

        return new CsvRecord(start, fields);
    }

    /// <summary>Reads one field and what ends it; true when another field of the same record follows.</summary>
    private static bool ReadField(TextReader text, ref int line, int start, List<string> fields)
    {
        var field = new StringBuilder();
        if (text.Peek() == '"')
        {
            ReadQuoted(text, ref line, start, field);
        }

        for (var c = text.Read(); ; c = text.Read())
        {
            if (c == '\r' && text.Peek() == '\n')
            {
                continue;
            }

            if (c is ',' or '\n' or -1)
            {
                fields.Add(field.ToString());
                line += c == '\n' ? 1 : 0;
                return c == ',';
            }

            if (c == '"')
            {
                throw new FormatException($"line {line}: a double quote inside a field; put the whole field in double quotes and write the inner one twice");
            }

            Append(field, (char)c, start);
        }
    }

    private static void ReadQuoted(TextReader text, ref int line, int start, StringBuilder field)
    {
        text.Read();
        for (var c = text.Read(); ; c = text.Read())
        {
            if (c < 0)
            {
                throw new FormatException($"line {start}: a quoted field is never closed");
            }

            if (c == '"')
            {
                if (text.Peek() != '"')
                {
                    break;
                }

                text.Read();
            }

            line += c == '\n' ? 1 : 0;
            Append(field, (char)c, start);
        }

        if (text.Peek() is not (',' or '\r' or '\n' or -1))
        {
            throw new FormatException($"line {line}: text follows a closed quoted field");
        }
    }

    private static void Append(StringBuilder field, char c, int line)
    {
        if (field.Length >= LongestField)
        {
            throw new FormatException($"line {line}: a field is longer than {LongestField} characters");
        }

        field.Append(c);
    }
}
