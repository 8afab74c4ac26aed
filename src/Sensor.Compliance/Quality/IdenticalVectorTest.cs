using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Identical vector: all parameters repeating together is a stuck logger, even where each alone might stand still.</summary>
/// <remarks>
/// Two moments differ as soon as one parameter present at both differs. They are the same when every parameter is present at both, or missing at both,
/// and equal; otherwise missing values leave it open, and what then looks short is not evaluated.
/// </remarks>
/// <param name="Suspect">From so many equal moments on the last is suspect, 2 or more; default 3.</param>
/// <param name="Fail">From so many on it fails, not less; default 5.</param>
/// <param name="MinParameters">How many parameters must be present, 2 or more; default 2.</param>
public sealed record IdenticalVectorTest(int Suspect = 3, int Fail = 5, int MinParameters = 2) : QualityTest
{
    /// <inheritdoc/>
    public override string Name => "identical_vector";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Times | QualityInputs.Vectors;

    internal static IdenticalVectorTest Read(StrictObject json)
    {
        var test = new IdenticalVectorTest(
            QualityReader.OptionalCount(json, "suspect_count", 2) ?? 3, QualityReader.OptionalCount(json, "fail_count", 2) ?? 5, QualityReader.OptionalCount(json, "min_parameters", 2) ?? 2);
        QualityReader.RequireOrder<int>(json, ("suspect_count", test.Suspect), ("fail_count", test.Fail));
        return test;
    }

    private protected override IReadOnlyList<QualityResult> Judge(QualityInput input)
    {
        var parameters = input.Vectors!.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Value).ToList();
        var vectors = Enumerable.Range(0, input.Count).Select(i => parameters.Select(p => p[i]).ToArray()).ToList();
        var order = Enumerable.Range(0, input.Count).Where(i => input.Times![i] is not null)
            .OrderBy(i => input.Times![i]).ThenBy(i => string.Join(' ', vectors[i].Select(v => v?.ToString())), StringComparer.Ordinal).ToList();
        var results = vectors.Select(v => v.All(x => x is null) ? QualityResult.Missing : QualityResult.NoTime).ToArray();
        for (var at = 0; at < order.Count; at++)
        {
            if (vectors[order[at]].Any(v => v is not null))
            {
                results[order[at]] = Judge(order, vectors, at);
            }
        }

        return results;
    }

    private QualityResult Judge(List<int> order, List<ExactDecimal?[]> vectors, int at)
    {
        var present = vectors[order[at]].Count(v => v is not null);
        if (present < MinParameters)
        {
            return QualityResult.NotEvaluated($"{present} parameters are present, fewer than {MinParameters}", $"仅有 {present} 个参数有数值，少于 {MinParameters} 个");
        }

        var run = 1;
        bool? same = false;
        for (var before = at - 1; before >= 0 && run < Fail && (same = Same(vectors[order[before]], vectors[order[before + 1]])) == true; before--)
        {
            run++;
        }

        var (en, zh) = ($"{run} moments in a row have the same {present} values", $"连续 {run} 个时刻的 {present} 个数值完全相同");
        return run >= Fail ? QualityResult.Fail($"{en}, {Fail} or more", $"{zh}，达到 {Fail} 个")
            : run >= Suspect ? QualityResult.Suspect($"{en}, {Suspect} or more", $"{zh}，达到 {Suspect} 个")
            : same is null ? QualityResult.NotEvaluated($"{en}; missing values hide whether there are more", $"{zh}；因数值缺失无法判断是否更多")
            : QualityResult.Pass($"{en}, fewer than {Suspect}", $"{zh}，少于 {Suspect} 个");
    }

    private static bool? Same(ExactDecimal?[] left, ExactDecimal?[] right)
    {
        var pairs = left.Zip(right).ToList();
        return pairs.Any(p => p.First is { } a && p.Second is { } b && a != b) ? false
            : pairs.Any(p => p.First is null != p.Second is null) || pairs.All(p => p.First is null) ? null
            : true;
    }
}
