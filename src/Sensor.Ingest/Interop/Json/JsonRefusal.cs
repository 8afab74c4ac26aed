namespace Sensor.Ingest.Interop.Json;

/// <summary>Why a message does not fit.</summary>
/// <param name="Kind">The kind of fault, as dead letters name it behind <c>mqtt-json-</c>.</param>
/// <param name="Detail">Where it is and what is wrong, for a person.</param>
internal sealed record JsonRefusal(string Kind, string Detail);
