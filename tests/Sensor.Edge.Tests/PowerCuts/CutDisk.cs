using System.Text;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>
/// A folder as the disk knows it. Strict: a synchronised file keeps its content, but its name only once the folder was synchronised too.
/// </summary>
internal sealed class CutDisk
{
    private const int Folder = 0;

    private readonly Dictionary<int, CutFile> _files = [];
    private readonly List<CutEntry> _pending = [];
    private Dictionary<string, int> _names = new(StringComparer.Ordinal);

    public void Apply(CutEntry entry)
    {
        switch (entry.Operation)
        {
            case CutOperation.Create:
                _files.Add(entry.File, new CutFile());
                _pending.Add(entry);
                break;
            case CutOperation.Unlink or CutOperation.Rename:
                _pending.Add(entry);
                break;
            case CutOperation.Sync when entry.File == Folder:
                _names = Names(_pending.Count);
                _pending.Clear();
                break;
            case CutOperation.Sync:
                _files[entry.File].Sync();
                break;
            default:
                _files[entry.File].Change(entry);
                break;
        }
    }

    /// <summary>The files that are found after a cut.</summary>
    public Dictionary<string, byte[]> After(Survivors survivors) =>
        Names(survivors.OfFolder(_pending.Count)).ToDictionary(name => name.Key, name => _files[name.Value].After(survivors), StringComparer.Ordinal);

    private Dictionary<string, int> Names(int changes)
    {
        var names = new Dictionary<string, int>(_names, StringComparer.Ordinal);
        foreach (var entry in _pending.Take(changes))
        {
            switch (entry.Operation)
            {
                case CutOperation.Create:
                    names[Encoding.UTF8.GetString(entry.Bytes.Span)] = entry.File;
                    break;
                case CutOperation.Rename when names.Remove(entry.Names[0], out var moved):
                    names[entry.Names[1]] = moved;
                    break;
                default:
                    names.Remove(entry.Names[0]);
                    break;
            }
        }

        return names;
    }
}
