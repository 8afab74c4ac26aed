using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>Lays out the windows of an agreement's versions, one after the other.</summary>
internal static class AmendedWindows
{
    /// <summary>The windows in order of time, without overlap, those outside the period in force of their version left out.</summary>
    /// <param name="versions">The versions in order, each but the first with what it amends.</param>
    /// <param name="problems">Takes up what is wrong.</param>
    public static IReadOnlyList<AssessedWindow> Of(IReadOnlyList<Agreement> versions, List<DocumentProblem> problems)
    {
        var first = versions[0];
        var windows = Own(first, first.Windows.WindowOf(first.InForceFrom, first.Offset)?.From ?? first.InForceFrom).ToList();
        foreach (var version in versions.Skip(1))
        {
            var effective = version.Amends!.Effective;
            var running = windows.Find(w => w.Window.From < effective && effective < w.Window.To);
            CheckReopened(version, running, problems);
            windows = [.. windows.Where(w => w.Window.To <= effective), .. FromEffectiveDay(version, running)];
        }

        return [.. windows.Where(w => w.Agreement.Covers(w.Window))];
    }

    /// <summary>The window that runs on the effective day of a version, if one does, and all that begin later.</summary>
    private static IEnumerable<AssessedWindow> FromEffectiveDay(Agreement version, AssessedWindow? running) => (version.Amends!.Running, running) switch
    {
        (RunningWindow.Split, _) => Split(version, running),
        (_, null) => Own(version, version.Amends.Effective),
        (RunningWindow.Reopen, _) => [new AssessedWindow(running.Window, version), .. Own(version, running.Window.To)],
        _ => [running, .. Own(version, running.Window.To)],
    };

    private static IEnumerable<AssessedWindow> Split(Agreement version, AssessedWindow? running)
    {
        var effective = version.Amends!.Effective;
        if (running is not null)
        {
            yield return new AssessedWindow(running.Window.Cut(running.Window.From, effective), running.Agreement);
        }

        var second = version.Windows.WindowOf(effective, version.Offset);
        if (second is not null)
        {
            yield return new AssessedWindow(second.Cut(effective, second.To), version);
        }

        foreach (var window in Own(version, second?.To ?? effective))
        {
            yield return window;
        }
    }

    /// <summary>The windows of a version's own plan that begin on or after a day, while it is in force.</summary>
    private static IEnumerable<AssessedWindow> Own(Agreement version, DateOnly from) =>
        version.Windows.From(from, version.Offset).TakeWhile(w => w.From <= version.InForceTo).Select(w => new AssessedWindow(w, version));

    private static void CheckReopened(Agreement version, AssessedWindow? running, List<DocumentProblem> problems)
    {
        // Without this the window would silently be nobody's.
        if (version.Amends!.Running == RunningWindow.Reopen && running is not null && running.Window.From < version.InForceFrom && running.Agreement.Covers(running.Window))
        {
            problems.Add(new DocumentProblem(
                AmendmentChain.Place(version, "inForce.from"),
                $"lies in the window {running.Window.Label}, which this version reopens",
                "Let it begin with that window, or split or leave the window"));
        }
    }
}
