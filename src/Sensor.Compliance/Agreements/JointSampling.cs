using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>
/// How a joint sample gives one value: water taken together is split, each side's laboratory analyses one half, and a reserve is kept that
/// both open when the halves differ too much. Source: procedure of the joint sampling at Jiekou as the press describes it.
/// </summary>
/// <param name="Halves">The two laboratories, as the data write their series.</param>
/// <param name="Reserve">The series of the reserve's analysis; null where no reserve is kept.</param>
/// <param name="Tolerances">How far the halves may lie apart, for every parameter of the agreement.</param>
public sealed record JointSampling(IReadOnlyList<string> Halves, string? Reserve, IReadOnlyList<HalfTolerance> Tolerances)
{
    /// <summary>What an accepting determination says for the mean of both halves; therefore the name of no laboratory.</summary>
    internal const string Mean = "mean";

    /// <summary>The laboratories of both halves and of the reserve.</summary>
    internal IReadOnlyList<string> Laboratories => Reserve is null ? Halves : [.. Halves, Reserve];

    /// <summary>How far the halves may lie apart in one parameter.</summary>
    internal HalfTolerance ToleranceOf(string parameter) => Tolerances.First(t => t.Parameter == parameter);

    internal static JointSampling Read(StrictObject json, AgreementContext context)
    {
        var joint = new JointSampling(
            json.Texts("halves", 2, IsLaboratory, Expected),
            json.OptionalText("reserve", IsLaboratory, Expected),
            [.. json.Children("tolerance").Select(t => HalfTolerance.Read(t, context))]);
        json.Word("value", [Mean]);
        if (joint.Halves.Count > 2)
        {
            json.Problem("halves", $"names {joint.Halves.Count} laboratories", "Name the two that analyse a half each");
        }

        CheckTolerances(json, joint, context);
        json.End();
        return joint;
    }

    internal JsonObject ToJson() => new()
    {
        { "halves", JsonList.Of(Halves, h => h) },
        { "reserve", Reserve },
        { "tolerance", JsonList.Of(Tolerances, t => t.ToJson().With("parameter", t.Parameter)) },
        { "value", Mean },
    };

    private const string Expected = "a laboratory as the data write it, not mean";

    private static bool IsLaboratory(string text) => DataRules.IsSeries(text) && text != Mean;

    private static void CheckTolerances(StrictObject json, JointSampling joint, AgreementContext context)
    {
        foreach (var code in context.ParameterCodes.Where(c => c.Length > 0))
        {
            var stated = joint.Tolerances.Count(t => t.Parameter == code);
            if (stated != 1)
            {
                json.Problem("tolerance", $"names {code} {stated} times", "State for each of the agreement's parameters once how far the halves may lie apart");
            }
        }
    }
}
