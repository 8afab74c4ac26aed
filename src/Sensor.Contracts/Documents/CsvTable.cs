namespace Sensor.Contracts.Documents;

/// <summary>A CSV text with a header: which columns it must have and which it may have; any other is refused.</summary>
/// <param name="required">The columns that must be there, in any order.</param>
/// <param name="optional">The columns that may be there.</param>
internal sealed class CsvTable(IReadOnlyList<string> required, IReadOnlyList<string> optional)
{
    /// <summary>Reads row after row.</summary>
    /// <exception cref="FormatException">The header or a row is wrong; the message begins with <c>line N:</c>.</exception>
    public IEnumerable<CsvRow> Read(TextReader text)
    {
        IReadOnlyList<string>? header = null;
        foreach (var record in CsvReader.Read(text))
        {
            if (header is null)
            {
                header = Header(record);
                continue;
            }

            if (record.Fields.Count != header.Count)
            {
                throw new FormatException($"line {record.Line}: {record.Fields.Count} fields where the header has {header.Count}");
            }

            yield return new CsvRow(record, header);
        }

        if (header is null)
        {
            throw new FormatException($"line 1: the file is empty; its first line must be {string.Join(',', required)}");
        }
    }

    private IReadOnlyList<string> Header(CsvRecord record)
    {
        foreach (var name in required.Where(name => !record.Fields.Contains(name, StringComparer.Ordinal)))
        {
            throw new FormatException($"line {record.Line}: the column '{name}' is missing; the header must hold {string.Join(',', required)}");
        }

        foreach (var name in record.Fields.Where(name => !required.Contains(name, StringComparer.Ordinal) && !optional.Contains(name, StringComparer.Ordinal)))
        {
            throw new FormatException($"line {record.Line}: '{name}' is not a known column; besides the required ones only {string.Join(',', optional)} are read");
        }

        return record.Fields.Distinct(StringComparer.Ordinal).Count() == record.Fields.Count
            ? record.Fields
            : throw new FormatException($"line {record.Line}: a column is given twice");
    }
}
