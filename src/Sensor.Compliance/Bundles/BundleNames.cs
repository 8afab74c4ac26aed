using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Compliance.Bundles;

/// <summary>The names of the members of a bundle besides its manifest; docs/evidence.md says what each holds. A bundle has no others.</summary>
public static class BundleNames
{
    /// <summary>The exact bytes of the outcome.</summary>
    public const string Outcome = "outcome.json";

    /// <summary>The operator's signature on the outcome.</summary>
    public const string OutcomeSignature = "outcome.jws";

    /// <summary>The registry in its canonical form.</summary>
    public const string Registry = "registry.txt";

    /// <summary>The envelopes of the records.</summary>
    public const string Records = "records.cbor";

    /// <summary>That the records are in the operator's log.</summary>
    public const string Inclusion = "inclusion.json";

    /// <summary>The signed checkpoint of the log in which the records are.</summary>
    public const string Checkpoint = "checkpoint.note";

    /// <summary>Receipts that the records name.</summary>
    public const string Receipts = "receipts.cbor";

    internal const string SamplesFolder = "samples/";
    internal const string Agreements = "agreement/";
    internal const string DeterminationsFolder = "determinations/";
    internal const string Keys = "keys/";

    internal static readonly string[] Required = [Checkpoint, Inclusion, Outcome, OutcomeSignature, Records, Registry];

    /// <summary>A version of the agreement.</summary>
    public static string Agreement(int version) => $"{Agreements}{Number(version)}.json";

    /// <summary>A version of the determinations.</summary>
    public static string Determinations(int version) => $"{DeterminationsFolder}{Number(version)}.json";

    /// <summary>The signature of a party on a version of the determinations.</summary>
    public static string DeterminationsSignature(int version, string party) => $"{DeterminationsFolder}{Number(version)}.{party}.jws";

    /// <summary>A file of joint samples, counted in the order of entering.</summary>
    public static string Samples(int number) => $"{SamplesFolder}{Number(number)}.csv";

    /// <summary>A public key, named by its fingerprint.</summary>
    public static string Key(Digest keyId) => $"{Keys}{keyId}.der";

    internal static bool MayStandInOne(string name) => Required.Contains(name, StringComparer.Ordinal) || name == Receipts
        || new[] { Agreements, DeterminationsFolder, Keys, SamplesFolder }.Any(folder => name.StartsWith(folder, StringComparison.Ordinal));

    private static string Number(int version) => version.ToString(CultureInfo.InvariantCulture);
}
