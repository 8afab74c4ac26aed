using Sensor.Compliance.Agreements;
using Sensor.Contracts;
using Sensor.Ingest.Api;

namespace Sensor.Ingest.Pages;

/// <summary>Everything the first page shows, as it stood when the page was asked for.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Words">The language.</param>
/// <param name="Windows">The decided and running windows.</param>
/// <param name="Sections">The sections.</param>
/// <param name="Stations">The stations.</param>
/// <param name="Agreements">The agreements.</param>
/// <param name="Operator">Who runs the ingest.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="LogSize">The number of records in the evidence log.</param>
/// <param name="LogRoot">Its Merkle root.</param>
public sealed record PageData(
    Words Words, IReadOnlyList<WindowView> Windows, IReadOnlyList<SectionView> Sections, IReadOnlyList<StationView> Stations, IReadOnlyList<AgreementHistory> Agreements, string Operator, string Deployment, long LogSize, Digest LogRoot);
