using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>Makes room for the observations of a time where a store keeps times apart.</summary>
internal interface IObservationPartitions
{
    /// <summary>Makes the partition of an instant where there is none, inside the transaction that needs it.</summary>
    void Ensure(Instant instant);
}
