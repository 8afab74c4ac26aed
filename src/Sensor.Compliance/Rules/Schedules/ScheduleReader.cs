using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Schedules;

/// <summary>Reads the member <c>amount</c> of a clause. A new kind is one file and one line here.</summary>
internal static class ScheduleReader
{
    private static readonly string[] Kinds = [FixedAmount.Word, PerUnit.Word, PerStep.Word, Bands.Word, MeasuredAmount.Word];

    public static Schedule Read(StrictObject json, AgreementContext context)
    {
        Schedule schedule = json.Word("kind", Kinds) switch
        {
            FixedAmount.Word => FixedAmount.Read(json, context),
            PerUnit.Word => PerUnit.Read(json, context),
            PerStep.Word => PerStep.Read(json, context),
            Bands.Word => Bands.Read(json, context),
            _ => MeasuredAmount.Read(json, context),
        };
        json.End();
        return schedule;
    }
}
