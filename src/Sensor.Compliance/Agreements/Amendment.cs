using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>What a later version of an agreement says about the one before it. See <see cref="AgreementHistory"/>.</summary>
/// <param name="Version">The version that it amends.</param>
/// <param name="Effective">The first local day of the new version.</param>
/// <param name="Running">What happens with the window that is running on that day.</param>
public sealed record Amendment(int Version, DateOnly Effective, RunningWindow Running)
{
    private static readonly string[] RunningWords = ["reopen", "split", "leave"];

    /// <summary>Reads the member <c>amends</c> of a version; absent or null means that it is the first.</summary>
    internal static Amendment? Read(StrictObject document, int version)
    {
        if (document.OptionalChild("amends") is not { } json)
        {
            return null;
        }

        var amended = (int)json.Whole("version", 1, int.MaxValue);
        var effective = AgreementDocument.ReadDay(json, "effective");
        if (amended >= version)
        {
            json.Problem("version", $"is not smaller than the document's own version {version}", "Give the version that is amended, or a greater version to the document");
        }

        var running = (RunningWindow)Array.IndexOf(RunningWords, json.Word("running", RunningWords));
        json.End();
        return new Amendment(amended, effective, running);
    }
}

/// <summary>What happens with the window that is running when an amendment takes effect. Nothing runs on the first day of a window.</summary>
public enum RunningWindow
{
    /// <summary><c>reopen</c>: the new version assesses the whole of it.</summary>
    Reopen,

    /// <summary><c>split</c>: it is cut at the effective day, and each version assesses its part.</summary>
    Split,

    /// <summary><c>leave</c>: the version before assesses the whole of it; the new one begins with its first window after.</summary>
    Leave,
}
