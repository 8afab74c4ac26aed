using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Signing;

/// <summary>Decides which documents of determinations may be entered, and which are in effect: those that every party of the agreement has signed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DeterminationDesk(DeterminationStore store, IReadOnlyList<AgreementHistory> agreements, IReadOnlyList<PartyConfiguration> parties)
{
    /// <summary>The determinations in effect for an agreement.</summary>
    /// <remarks>A version counts when all its signatures hold now and all versions before it count: nobody takes effect past the others.</remarks>
    public DeterminationHistory InEffect(AgreementHistory agreement)
    {
        var signed = store.All().Where(d => d.Document.Agreement == agreement.Id && IsInEffect(agreement, d)).Select(d => d.Document).ToList();
        var chain = new List<Determinations>();
        while (signed.Find(d => DeterminationHistory.Problem(d, chain.LastOrDefault()) is null) is { } next)
        {
            chain.Add(next);
        }

        return DeterminationHistory.Of(chain);
    }

    /// <summary>Checks and enters a document with signatures.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="bytes">Its exact bytes.</param>
    /// <param name="signatures">Detached signatures by the name of their file.</param>
    /// <param name="by">Who enters it.</param>
    /// <returns>The document, with the parties whose signature is still missing.</returns>
    /// <exception cref="DocumentException">The document or a signature has mistakes; all of them are in the exception.</exception>
    public (Determinations Document, IReadOnlyList<string> Missing) Enter(string name, byte[] bytes, IReadOnlyDictionary<string, string> signatures, string by)
    {
        var document = Determinations.Read(name, bytes);
        var problems = new List<DocumentProblem>();
        var agreement = agreements.FirstOrDefault(a => a.Id == document.Agreement);
        if (agreement is null)
        {
            problems.Add(new DocumentProblem("agreement", $"is {document.Agreement ?? "missing"}", "Name an agreement that is evaluated here: " + string.Join(", ", agreements.Select(a => a.Id))));
        }
        else
        {
            problems.AddRange(Check(document, agreement));
        }

        var held = agreement is null ? [] : Held(document, bytes, agreement, signatures, problems);
        if (problems.Count > 0)
        {
            throw new DocumentException(name, problems);
        }

        store.Enter(document, bytes, held, by);
        var known = store.All().Single(d => d.Document.Digest == document.Digest);
        return (document, [.. known.Missing(agreement!)]);
    }

    private IEnumerable<DocumentProblem> Check(Determinations document, AgreementHistory agreement)
    {
        var before = InEffect(agreement).Versions.LastOrDefault(v => v.Version < document.Version);
        if (DeterminationHistory.Problem(document, before) is { } problem)
        {
            yield return problem;
        }

        var sections = agreement.Versions.SelectMany(v => v.Sections).Select(s => s.Section).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, section) in document.All.Select(d => (d.Id, d.Section)).Concat(document.Facts.Where(f => f.Section is not null).Select(f => (f.Id, Section: f.Section!))).Where(d => !sections.Contains(d.Section)))
        {
            yield return new DocumentProblem("determinations", $"{id} is about {section}, which is none of the agreement's sections", "Correct the section's name");
        }
    }

    private Dictionary<string, string> Held(
        Determinations document, byte[] bytes, AgreementHistory agreement, IReadOnlyDictionary<string, string> signatures, List<DocumentProblem> problems)
    {
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, text) in signatures)
        {
            if (Signer(agreement, bytes, text, out var problem) is { } party)
            {
                held[party] = text.Trim();
            }
            else
            {
                problems.Add(new DocumentProblem(file, problem, $"Sign the document version {document.Version} with the key of a party: waterwatch sign FILE --key KEY"));
            }
        }

        return held;
    }

    private string? Signer(AgreementHistory agreement, byte[] bytes, string text, out string problem)
    {
        try
        {
            var jws = DetachedJws.Parse(text);
            foreach (var party in parties.Where(p => agreement.Latest.Parties.Any(of => of.Id == p.Id)))
            {
                using var key = PublicKey.FromPem(party.PublicKeyPem);
                if (key.Id == jws.KeyId)
                {
                    problem = $"the key of {party.Id} did not sign these bytes as a determination";
                    return jws.Holds(bytes, ContentTypes.Determination, key) ? party.Id : null;
                }
            }

            problem = $"the key {jws.KeyId} belongs to no party of {agreement.Id} that is configured here";
        }
        catch (FormatException e)
        {
            problem = e.Message;
        }

        return null;
    }

    private bool IsInEffect(AgreementHistory agreement, SignedDeterminations signed) => agreement.Latest.Parties.All(party =>
        signed.Signatures.TryGetValue(party.Id, out var jws) && Signer(agreement, signed.Bytes, jws, out _) == party.Id);
}
