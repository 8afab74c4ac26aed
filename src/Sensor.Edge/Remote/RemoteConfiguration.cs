using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Remote;

/// <summary>
/// Configurations that came from afar, kept beside the outbox, never in it. One is in force in place of the file F at the station as long as F is the
/// one upon which it was applied: whoever edits F on the spot has the last word. A new one is on trial until <see cref="Keep"/>; a start that
/// finds a trial which was never kept goes back to what was before.
/// </summary>
internal sealed class RemoteConfiguration
{
    public const int LongestDocument = 65_536;

    private const string Trial = "trial";
    private const string Trying = "trying";
    private const string Kept = "kept";
    private const string None = "-";

    private readonly StationConfiguration _own;
    private readonly string _folder;

    /// <param name="own">The configuration of the file at the station.</param>
    public RemoteConfiguration(StationConfiguration own) => (_own, _folder) = (own, Path.Combine(own.DataDirectory, "configuration"));

    /// <summary>Whether the one in force has not proved itself yet.</summary>
    public bool IsOnTrial => State is { Word: Trying };

    /// <summary>The configuration to start with; a trial begins with it, and one that failed ends.</summary>
    /// <param name="own">The configuration of the file at the station.</param>
    /// <param name="news">What had to be decided, for the log; null where nothing had.</param>
    public static StationConfiguration Begin(StationConfiguration own, out string? news)
    {
        news = null;
        var remote = new RemoteConfiguration(own);
        if (remote.State is { Word: Trying } failed)
        {
            news = $"The configuration {failed.Document} did not prove itself; going back to {failed.Previous ?? own.Digest.ToString()}.";
            remote.GoBack();
        }
        else if (remote.State is { Word: Trial } begins)
        {
            remote.Write(begins with { Word = Trying });
        }

        return remote.InForce(ref news) with { Remote = remote };
    }

    /// <summary>The configuration in force, for a command beside the station.</summary>
    public static StationConfiguration InForce(StationConfiguration own)
    {
        string? news = null;
        return new RemoteConfiguration(own).InForce(ref news);
    }

    /// <summary>Keeps an offered document aside, durable, when it could be the station's configuration.</summary>
    /// <exception cref="RefusedOrderException">It could not.</exception>
    public void Offer(byte[] document)
    {
        Check(document);
        Directory.CreateDirectory(_folder);
        Durable(FileOf(Digest.Of(document).ToString()), document);
    }

    /// <summary>Lets a document that was offered be in force from the next start on.</summary>
    /// <exception cref="RefusedOrderException">It was not offered, or could not be the configuration any more.</exception>
    public void Apply(string digest, string inForce)
    {
        if (!File.Exists(FileOf(digest)))
        {
            throw new RefusedOrderException($"no configuration {digest} was offered");
        }

        Check(File.ReadAllBytes(FileOf(digest)));
        Write(new Active(_own.Digest.ToString(), digest, Trial, inForce == _own.Digest.ToString() ? null : inForce));
    }

    /// <summary>The trial is over: the configuration in force stays.</summary>
    public void Keep()
    {
        if (State is { Word: Trying } tried)
        {
            Write(tried with { Word = Kept });
        }
    }

    /// <summary>What was in force before is so from the next start on.</summary>
    public void GoBack()
    {
        if (State is { Previous: { } previous } state)
        {
            Write(new Active(state.Base, previous, Kept, null));
        }
        else
        {
            File.Delete(StateFile);
        }
    }

    private string StateFile => Path.Combine(_folder, "active");

    /// <summary>What is said about the file as it is now; null where nothing is, or it is about another file.</summary>
    private Active? State =>
        File.Exists(StateFile) && File.ReadAllText(StateFile).Split('\n') is [var file, var document, var word, var previous, ..] && file == _own.Digest.ToString()
            ? new Active(file, document, word, previous == None ? null : previous)
            : null;

    private StationConfiguration InForce(ref string? news)
    {
        if (State is not { } state)
        {
            return _own;
        }

        try
        {
            return StationConfiguration.Parse(FileOf(state.Document), File.ReadAllBytes(FileOf(state.Document)), _own.Folder!);
        }
        catch (Exception e) when (e is DocumentException or IOException or UnauthorizedAccessException)
        {
            news = $"The configuration {state.Document} that came from afar cannot be used; the file at the station is in force. {e.Message}";
            return _own;
        }
    }

    private void Check(byte[] document)
    {
        var offered = Parse(document);
        (string Member, string Own, string Other)[] fixedMembers =
        [
            ("deployment", _own.Deployment, offered.Deployment), ("station", _own.Station, offered.Station), ("dataDirectory", _own.DataDirectory, offered.DataDirectory),
            ("keyFile", _own.KeyFile, offered.KeyFile), ("outbox.file", _own.OutboxFile, offered.OutboxFile),
        ];
        if (fixedMembers.FirstOrDefault(m => m.Own != m.Other) is { Member: { } changed })
        {
            throw new RefusedOrderException($"{changed} cannot be changed from afar");
        }

        if (_own.Outbox != offered.Outbox)
        {
            throw new RefusedOrderException("outbox cannot be changed from afar");
        }
    }

    private StationConfiguration Parse(byte[] document)
    {
        try
        {
            return StationConfiguration.Parse("the offered configuration", document, _own.Folder ?? throw new RefusedOrderException("this station was not configured by a file"));
        }
        catch (DocumentException e)
        {
            throw new RefusedOrderException(string.Join("; ", e.Problems.Take(3).Select(p => $"{p.Path} {p.What}")));
        }
    }

    private string FileOf(string digest) => Path.Combine(_folder, digest + ".json");

    private void Write(Active active) => Durable(StateFile, Encoding.UTF8.GetBytes($"{active.Base}\n{active.Document}\n{active.Word}\n{active.Previous ?? None}\n"));

    /// <summary>Whole or not at all, also when the power goes.</summary>
    private static void Durable(string file, byte[] bytes)
    {
        using (var stream = new FileStream(file + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
        DirectorySync.Of(Path.GetDirectoryName(file)!);
    }

    private sealed record Active(string Base, string Document, string Word, string? Previous);
}
