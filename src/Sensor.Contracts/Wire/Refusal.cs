namespace Sensor.Contracts.Wire;

/// <summary>Why bytes from outside were not accepted. A value, because bad input is expected.</summary>
/// <param name="Reason">The kind of fault, stable for counters.</param>
/// <param name="Detail">What exactly was wrong and where, for a person.</param>
public sealed record Refusal(RefusalReason Reason, string Detail);

/// <summary>The kinds of fault for which bytes are refused.</summary>
public enum RefusalReason
{
    /// <summary>More bytes than the limit of docs/wire.md.</summary>
    TooLarge,

    /// <summary>Not the one accepted outer form: tag 18, four definite elements, empty unprotected map, nothing after.</summary>
    OuterForm,

    /// <summary>The protected header is not exactly algorithm, content type and key id.</summary>
    Header,

    /// <summary>Another content type than the place allows.</summary>
    ContentType,

    /// <summary>The payload is not in deterministic encoding.</summary>
    NotDeterministic,

    /// <summary>The payload lacks a member that every version has, or a member has the wrong type or range.</summary>
    Payload,

    /// <summary>The signature does not verify under the named key.</summary>
    Signature,

    /// <summary>The key was known for this station and is no longer allowed.</summary>
    KeyNotAllowed,

    /// <summary>The payload belongs to another deployment.</summary>
    Deployment,

    /// <summary>The topic and the payload name different stations.</summary>
    Station,
}
