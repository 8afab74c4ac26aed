namespace Sensor.Ingest.Peers;

/// <summary>Another operator does not answer, or answers otherwise than an operator does. Asking again later is all that can be done.</summary>
internal sealed class PeerException(string message, Exception? inner = null) : Exception(message, inner);
