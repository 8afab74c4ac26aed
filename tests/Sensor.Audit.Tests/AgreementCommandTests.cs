using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

public sealed class AgreementCommandTests
{
    [Fact]
    public void Check_Agreement_SaysInBothLanguagesWhatItPays()
    {
        var ran = CommandLine.Run("agreement", "check", Repository.PathOf("agreements/xinanjiang-round-2.json"));

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Contains("P at most 0.95: zhejiang pays anhui 200000000 CNY, of which 100000000 bonus.", ran.Output, StringComparison.Ordinal);
        Assert.Contains("P不高于0.95：zhejiang向anhui支付200000000 CNY（其中奖励100000000）。", ran.Output, StringComparison.Ordinal);
        Assert.Contains("| fail: P ", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OneLanguage_SaysItInThatOnly()
    {
        var ran = CommandLine.Run("agreement", "check", "--words", "zh", Repository.PathOf("agreements/hebei-2016.json"));

        Assert.Equal(0, ran.ExitCode);
        Assert.DoesNotContain("nobody pays", ran.Output, StringComparison.Ordinal);
        Assert.Contains("未达标", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_DocumentWithMistakes_NamesEachWithItsPlace()
    {
        var ran = CommandLine.Run("agreement", "check", Repository.PathOf("demo/data/sections.json"));

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains("parties", ran.Error, StringComparison.Ordinal);
        Assert.Contains("rule", ran.Error, StringComparison.Ordinal);
    }
}
