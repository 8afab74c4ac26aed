using Sensor.Compliance.Cuts;
using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Compliance.Agreements;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Tests.Windows;

public sealed class EvaluationLoopTests
{
    [Fact]
    public async Task Note_WallClockSetBackAmongNews_EvaluatesAfterTheLongestWait()
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-loop-").FullName;
        var time = new SettableTime();
        var evaluations = 0;
        using (var evidence = Database.OpenForWriting(EvidenceLog.PathIn(folder), EvidenceSchema.Versions))
        {
            var evaluator = new Evaluator(Array.Empty<AgreementHistory>(), evidence, () => new RegistrySnapshot([], []), _ => DeterminationHistory.None, () => WindowSamples.None, null!, _ => { });
            await using var loop = new EvaluationLoop(evaluator, _ => Interlocked.Increment(ref evaluations), NullLogger.Instance, time);
            loop.Note(["ST-1"]);
            time.SetBack(TimeSpan.FromHours(1));
            while (time.Passed <= EvaluationLoop.Longest)
            {
                time.Advance(EvaluationLoop.Quiet / 2);
                loop.Note(["ST-1"]);
            }

            await Until.True(() => Volatile.Read(ref evaluations) > 0, "the evaluation although news never stop");
        }

        Directory.Delete(folder, recursive: true);
    }
}
