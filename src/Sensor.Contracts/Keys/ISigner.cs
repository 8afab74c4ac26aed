namespace Sensor.Contracts.Keys;

/// <summary>Signs with ES256; the key may be in a file, a TPM or elsewhere.</summary>
public interface ISigner
{
    /// <summary>The public half.</summary>
    PublicKey Public { get; }

    /// <summary>The signature r ‖ s, 64 bytes.</summary>
    byte[] Sign(ReadOnlySpan<byte> data);
}
