using Sensor.Contracts;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Api;

/// <summary>A station that sent more than its rate in the last minutes.</summary>
/// <param name="Station">Its id; <c>unknown</c> for all together that the registry does not know.</param>
/// <param name="Last">When it did so last.</param>
/// <param name="WaitedRecords">Records that waited since the start of the service.</param>
/// <param name="PutAsideRecords">Records that were put aside, unread and without a receipt, since the start of the service.</param>
public sealed record LimitedView(string Station, string Last, long WaitedRecords, long PutAsideRecords)
{
    internal static IReadOnlyList<LimitedView> All(StationRates rates) =>
        [.. rates.Limited.Select(limited => new LimitedView(limited.Station, Instant.From(limited.Last).ToString(), limited.Waited, limited.PutAside))];
}
