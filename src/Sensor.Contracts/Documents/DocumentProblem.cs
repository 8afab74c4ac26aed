namespace Sensor.Contracts.Documents;

/// <summary>One mistake in a document that a person wrote: where it is, what is wrong, what to do.</summary>
/// <param name="Path">Where, as a path of member names and positions, such as <c>instruments[0].cadence</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record DocumentProblem(string Path, string What, string Remedy)
{
    /// <summary>One line for a terminal or a log.</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "(document)" : Path)}: {What}. {Remedy}.";
}

/// <summary>A document was refused; carries every problem found, not only the first.</summary>
public sealed class DocumentException : Exception
{
    /// <summary>Refuses a document.</summary>
    /// <param name="document">The document's name, usually its file.</param>
    /// <param name="problems">Every problem, in the order of the document.</param>
    public DocumentException(string document, IReadOnlyList<DocumentProblem> problems)
        : base($"{document} has {problems.Count} {(problems.Count == 1 ? "mistake" : "mistakes")}:\n" + string.Join('\n', problems.Select(p => "  " + p)))
    {
        Problems = problems;
    }

    /// <summary>Every problem, in the order of the document.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; }
}
