using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>What is known of one parameter in one joint sample. A result that may not be used is the same as none.</summary>
/// <param name="Source">The source it belongs to.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Moment">When the water had been taken.</param>
/// <param name="First">The usable result of the first laboratory, or null.</param>
/// <param name="Second">The usable result of the second laboratory, or null.</param>
/// <param name="Reserve">The usable result of the reserve, or null.</param>
internal sealed record JointSample(
    DataSource Source, AgreedParameter Parameter, Instant Moment, UsableReading? First, UsableReading? Second, UsableReading? Reserve)
{
    /// <summary>The usable results, the reserve last.</summary>
    public IEnumerable<UsableReading> Present => new[] { First, Second, Reserve }.OfType<UsableReading>();

    /// <summary>How far the halves may lie apart.</summary>
    public HalfTolerance Tolerance => Source.Joint!.ToleranceOf(Parameter.Code);

    /// <summary>How far the halves lie apart, exactly; null where one is missing.</summary>
    public ExactDecimal? Difference => First is null || Second is null ? null : (First.Amount - Second.Amount).Abs();

    /// <summary>The difference in per cent of the mean of the two; null for pH, where one is missing or where the mean is 0.</summary>
    public ExactDecimal? DifferencePercent => Difference is not { } difference || Parameter.IsPH || (First!.Amount + Second!.Amount).Sign == 0
        ? null
        : ExactDecimal.Quotient(difference * ExactDecimal.From(200), (First.Amount + Second.Amount).Abs());

    /// <summary>Whether the halves agree; null where one is missing.</summary>
    public bool? Within => First is null || Second is null ? null : Tolerance.Holds(First.Amount, Second.Amount);

    /// <summary>The mean of both halves as one value of the source; null where one is missing.</summary>
    public UsableReading? Mean => First is null || Second is null
        ? null
        : new UsableReading(
            First.Observation with { Series = Source.Id, Instrument = "", Value = null, Missing = null, DetectionLimit = null },
            First.Day,
            ParameterMean.Of(Parameter, [First.Amount, Second.Amount])!.Value,
            Censored: false);

    /// <summary>The usable result of one of the two laboratories; null where there is none.</summary>
    public UsableReading? ResultOf(string? laboratory) => new[] { First, Second }.OfType<UsableReading>().FirstOrDefault(h => h.Observation.Series == laboratory);
}
