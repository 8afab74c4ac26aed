using System.Diagnostics;
using System.Text.Json.Nodes;
using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>verify.py was written from docs/wire.md alone; where it and this code disagree, the document or one of them is wrong.</summary>
public sealed class IndependentVerifierTests
{
    private const string Python = "/usr/bin/python3";
    private const string Remedy = "Install Debian's python3, python3-cbor2 and python3-cryptography (apt-get install python3-cbor2 python3-cryptography).";

    [Fact]
    public async Task Verifier_FrozenSamples_SaysWhatTheirJsonSays()
    {
        var lines = await Verify(Samples.V1.Select(name => Path.Combine(Samples.Folder, name)));

        Assert.Equal(Samples.V1.Count, lines.Count);
        Assert.All(Samples.V1.Zip(lines), pair => Assert.True(JsonNode.DeepEquals(Samples.Json(pair.First), pair.Second["content"]), pair.Second.ToJsonString()));
    }

    [Fact]
    public async Task Verifier_RefusedForms_RefusesEach()
    {
        var lines = await Verify(Samples.Refused.Select(name => Path.Combine(Samples.Folder, name)));

        Assert.Equal(Samples.Refused.Count, lines.Count);
        Assert.All(lines, line => Assert.NotNull(line["refused"]));
    }

    [Fact]
    public async Task Verifier_MutatedAndSignedPayloads_AgreesOnEach()
    {
        using var folder = new TemporaryFolder();
        var cases = Mutated().Select((bytes, i) => (File: folder.Write($"{i}.cbor", bytes), Ours: Ours(bytes))).ToList();

        var lines = await Verify(cases.Select(c => c.File));

        Assert.Equal(cases.Count, lines.Count);
        Assert.All(cases.Zip(lines), pair => Assert.True(
            JsonNode.DeepEquals(pair.First.Ours, pair.Second["content"]),
            $"{Convert.ToHexString(File.ReadAllBytes(pair.First.File))}: here {pair.First.Ours?.ToJsonString() ?? "refused"}, there {pair.Second.ToJsonString()}"));
        Assert.True(cases.Count(c => c.Ours is null) > 100 && cases.Count(c => c.Ours is not null) > 100, "the cases are too much alike");
    }

    /// <summary>Payloads changed at random and signed afterwards, so that only the rules of the payload decide.</summary>
    private static IEnumerable<byte[]> Mutated()
    {
        foreach (var name in Samples.V1.Where(name => name.EndsWith(".cbor", StringComparison.Ordinal)))
        {
            var envelope = Some.Parsed(Samples.Bytes(name));
            var header = envelope.Bytes[..^(HeadSize(envelope.Payload.Length) + envelope.Payload.Length + 66)].ToArray();
            var signer = envelope.KeyId == Some.StationKey.Public.Id ? Some.StationKey : Some.OperatorKey;
            foreach (var payload in Mutations.Of(envelope.Payload.ToArray()).Array[25].Single())
            {
                byte[] length = payload.Length < 24 ? [(byte)(0x40 + payload.Length)] : payload.Length < 256 ? [0x58, (byte)payload.Length] : [0x59, (byte)(payload.Length >> 8), (byte)(payload.Length & 0xFF)];
                byte[] toBeSigned = [0x84, 0x6A, .. "Signature1"u8, .. header.AsSpan(2, header.Length - 3), 0x40, .. length, .. payload];
                yield return [.. header, .. length, .. payload, 0x58, 0x40, .. signer.Sign(toBeSigned)];
            }
        }
    }

    private static int HeadSize(int length) => length < 24 ? 1 : length < 256 ? 2 : 3;

    private static JsonObject? Ours(byte[] bytes)
    {
        try
        {
            return Envelope.TryParse(bytes, out var envelope, out _) && envelope.Verify(Samples.Keys[envelope.KeyId]) ? SampleJson.Of(envelope) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<List<JsonNode>> Verify(IEnumerable<string> files)
    {
        Assert.True(File.Exists(Python), $"{Python} is absent. {Remedy}");
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(Samples.Folder, "verify.py"), Samples.KeyFiles }.Concat(files))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False((await errors).Contains("install the Debian packages", StringComparison.Ordinal), await errors + Remedy);
        Assert.False((await errors).Contains("Traceback", StringComparison.Ordinal), await errors);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
