using System.Text;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Audit.Tests;

public sealed class SignCommandTests
{
    private const string Document =
        """
        { "schema": "waterwatch/determinations/1", "agreement": "case", "version": 1, "determinations": [
          { "id": "ice", "kind": "exempt", "section": "河口", "from": "2020-01-01T00:00:00+08:00", "to": "2020-02-01T00:00:00+08:00",
            "reason": { "code": "frozen", "en": "ice", "zh": "封冻" }, "document": "No. 1", "decidedBy": ["A", "B"] }] }
        """;

    [Fact]
    public void Sign_Document_PrintsASignatureOfItsExactBytes()
    {
        using var file = new TemporaryFile(Document);
        var keyPath = Path.Combine(Path.GetTempPath(), $"waterwatch-{Guid.NewGuid():N}.pem");
        try
        {
            using var key = SigningKey.LoadOrCreate(keyPath);
            var ran = CommandLine.Run("sign", file.Path, "--key", keyPath);

            Assert.Equal(0, ran.ExitCode);
            Assert.True(DetachedJws.Parse(ran.Output).Holds(Encoding.UTF8.GetBytes(Document), ContentTypes.Determination, key.Public));
            Assert.Contains("determinations of case, version 1, 1 determinations, 0 facts", ran.Error, StringComparison.Ordinal);
            Assert.Contains(key.Public.Id.ToString(), ran.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(keyPath);
        }
    }

    [Theory]
    [InlineData("\"agreement\": \"case\", ", "", "names its agreement")]
    [InlineData(", \"version\": 1", "", "its version")]
    [InlineData("\"version\": 1", "\"version\": 2", "as previous")]
    [InlineData("\"version\": 1", "\"version\": 2, \"previous\": \"abc\"", "previous: the SHA-256 of the version before")]
    [InlineData("\"frozen\"", "\"cold\"", "reason.code")]
    public void Sign_DocumentThatNobodyCouldApply_IsRefused(string right, string wrong, string why)
    {
        using var file = new TemporaryFile(Document.Replace(right, wrong, StringComparison.Ordinal));
        var ran = CommandLine.Run("sign", file.Path, "--key", file.Path);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(why, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_WithoutAKey_SaysSoAndMakesNone()
    {
        using var file = new TemporaryFile(Document);
        Assert.Contains("there is no such key file", CommandLine.Run("sign", file.Path, "--key", file.Path + ".key").Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file.Path + ".key"));
    }
}
