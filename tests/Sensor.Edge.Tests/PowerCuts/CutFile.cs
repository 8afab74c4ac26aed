namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>A file as the disk knows it: what is there for certain, and what was changed since.</summary>
internal sealed class CutFile
{
    private const int Sector = 512;

    private readonly List<CutEntry> _pending = [];
    private byte[] _certain = [];

    public void Change(CutEntry entry) => _pending.Add(entry);

    /// <summary>Everything up to now is on the disk.</summary>
    public void Sync()
    {
        _certain = After(new Survivors(Survival.Everything, 0));
        _pending.Clear();
    }

    /// <summary>What is found after a cut.</summary>
    public byte[] After(Survivors survivors)
    {
        using var content = new MemoryStream();
        content.Write(_certain);
        for (var i = 0; i < _pending.Count; i++)
        {
            if (survivors.Keeps(i, _pending.Count))
            {
                Apply(content, _pending[i], survivors);
            }
        }

        return content.ToArray();
    }

    private static void Apply(MemoryStream content, CutEntry entry, Survivors survivors)
    {
        if (entry.Operation == CutOperation.Truncate)
        {
            if (survivors.KeepsSector())
            {
                content.SetLength(entry.Offset);
            }

            return;
        }

        for (var at = 0; at < entry.Bytes.Length;)
        {
            var length = Math.Min(Sector - (int)((entry.Offset + at) % Sector), entry.Bytes.Length - at);
            if (survivors.KeepsSector())
            {
                content.Position = entry.Offset + at;
                content.Write(entry.Bytes.Span.Slice(at, length));
            }

            at += length;
        }
    }
}
