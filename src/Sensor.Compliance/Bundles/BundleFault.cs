namespace Sensor.Compliance.Bundles;

/// <summary>Something that a bundle claims does not hold. The message is for an auditor.</summary>
internal sealed class BundleFault(string message) : Exception(message)
{
    /// <summary>Ends the verification unless something holds.</summary>
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new BundleFault(message);
        }
    }
}
