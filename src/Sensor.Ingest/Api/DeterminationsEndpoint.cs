using System.Text.Json;
using Sensor.Contracts;

namespace Sensor.Ingest.Api;

/// <summary>A document of determinations and who signed it.</summary>
/// <param name="Digest">SHA-256 of its exact bytes; outcomes that rest on it name it in their cut.</param>
/// <param name="Agreement">The agreement.</param>
/// <param name="Version">Its version.</param>
/// <param name="SignedBy">The parties whose signatures are here.</param>
/// <param name="Missing">The parties whose signatures are not.</param>
/// <param name="InEffect">Whether it decides, alone or as far as a later version says nothing else.</param>
/// <param name="RecordedAt">When it was entered here.</param>
public sealed record DeterminationsView(string Digest, string Agreement, int Version, IReadOnlyList<string> SignedBy, IReadOnlyList<string> Missing, bool InEffect, string RecordedAt);

/// <summary>The documents of determinations, their bytes and their signatures.</summary>
internal static class DeterminationsEndpoint
{
    /// <summary>Every document that was entered for an agreement that is evaluated here.</summary>
    public static IResult List(IngestPipeline pipeline, JsonSerializerOptions json) => Results.Json(
        from agreement in pipeline.Evaluator.Agreements
        let inEffect = pipeline.Desk.InEffect(agreement).Versions.Select(v => v.Digest).ToHashSet()
        from signed in pipeline.Determinations.All()
        where signed.Document.Agreement == agreement.Id
        select new DeterminationsView(
            signed.Document.Digest.ToString(), agreement.Id, signed.Document.Version!.Value, [.. signed.Signatures.Keys.Order(StringComparer.Ordinal)],
            [.. signed.Missing(agreement)], inEffect.Contains(signed.Document.Digest), signed.RecordedAt.ToString()),
        json);

    /// <summary>The bytes of a document, <c>DIGEST</c>, or a signature, <c>DIGEST.PARTY.jws</c>.</summary>
    public static IResult One(IngestPipeline pipeline, string name)
    {
        var parts = name.Split('.');
        var isSignature = parts is [_, _, "jws"];
        if ((parts.Length != 1 && !isSignature) || !Digest.TryParse(parts[0], out var digest))
        {
            return Endpoints.Bad($"'{name}' is not a digest", "Give the 64 hexadecimal digits of a document of /api/v1/determinations, with .PARTY.jws behind them for a signature");
        }

        var signed = pipeline.Determinations.All().FirstOrDefault(d => d.Document.Digest == digest);
        return signed is null ? Endpoints.Unknown($"No determinations {parts[0]} were entered here", "Look them up in /api/v1/determinations")
            : !isSignature ? Results.Bytes(signed.Bytes, "application/json")
            : signed.Signatures.TryGetValue(parts[1], out var jws) ? Results.Text(jws, "application/jose")
            : Endpoints.Unknown($"{parts[1]} has not signed {parts[0]}", "Look up signedBy in /api/v1/determinations");
    }
}
