namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>What a cut leaves of the changes that were not yet on the disk for certain.</summary>
internal enum Survival
{
    /// <summary>Nothing of them.</summary>
    Nothing,

    /// <summary>All of them.</summary>
    Everything,

    /// <summary>Each sector of 512 bytes for itself, by chance.</summary>
    Torn,

    /// <summary>Each write for itself, by chance: a later one may be there and an earlier one not.</summary>
    Reordered,

    /// <summary>Of every file the last change alone.</summary>
    LastOnly,
}

/// <summary>The choices of one cut; the same seed chooses the same.</summary>
internal sealed class Survivors(Survival survival, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Whether a whole change survives; a torn one is asked again for each of its sectors.</summary>
    public bool Keeps(int index, int count) => survival switch
    {
        Survival.Nothing => false,
        Survival.Everything or Survival.Torn => true,
        Survival.Reordered => _random.Next(2) == 0,
        _ => index == count - 1,
    };

    public bool KeepsSector() => survival != Survival.Torn || _random.Next(2) == 0;

    /// <summary>How many of the folder's own changes survive; a file system keeps those in their order.</summary>
    public int OfFolder(int count) => survival switch
    {
        Survival.Nothing => 0,
        Survival.Everything => count,
        _ => _random.Next(count + 1),
    };
}
