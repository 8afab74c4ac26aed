namespace Sensor.Ingest.Peers;

/// <summary>How two operators stand to each other about a window.</summary>
internal enum PeerState
{
    /// <summary>One of them signed, the other not yet, or not yet finally.</summary>
    Proposed,

    /// <summary>Both signed the same bytes.</summary>
    Agreed,

    /// <summary>Both signed finally, and not the same.</summary>
    Disputed,

    /// <summary>The other one signed nothing within the days that the configuration gives it.</summary>
    Unanswered,
}
