using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class TopicsTests
{
    [Fact]
    public void TryParse_TopicsOfAnyStation_GivesStationAndKind() => Some.AnyUpper.Sample(station =>
    {
        Assert.True(Topics.TryParse(Topics.Records(station), out var found, out var kind));
        Assert.Equal((station, StationTopic.Records), (found, kind));
        Assert.True(Topics.TryParse(Topics.Backlog(station), out found, out kind));
        Assert.Equal((station, StationTopic.Backlog), (found, kind));
        Assert.True(Topics.TryParse(Topics.Status(station), out found, out kind));
        Assert.Equal((station, StationTopic.Status), (found, kind));
    });

    [Theory]
    [InlineData("")]
    [InlineData("waterwatch/v1")]
    [InlineData("waterwatch/v1/JIEKOU-1")]
    [InlineData("waterwatch/v2/JIEKOU-1/records")]
    [InlineData("waterwatch/v1/jiekou/records")]
    [InlineData("waterwatch/v1/live/records")]
    [InlineData("waterwatch/v1/JIEKOU-1/Records")]
    [InlineData("waterwatch/v1/JIEKOU-1/records/")]
    [InlineData("waterwatch/v1//records")]
    [InlineData("/waterwatch/v1/JIEKOU-1/records")]
    [InlineData("waterwatch/v1/JIEKOU-1/receipt")]
    public void TryParse_AnotherTopic_IsNotTheStations(string topic) => Assert.False(Topics.TryParse(topic, out _, out _));

    [Fact]
    public void Topics_WithOperatorOrSection_HaveTheirPlace()
    {
        Assert.Equal("waterwatch/v1/JIEKOU-1/receipt/zhejiang", Topics.Receipt("JIEKOU-1", "zhejiang"));
        Assert.Equal("waterwatch/v1/JIEKOU-1/command/zhejiang", Topics.Command("JIEKOU-1", "zhejiang"));
        Assert.Equal("waterwatch/v1/live/街口/w01019", Topics.Live("街口", "w01019"));
        Assert.Equal("waterwatch/v1/outcomes/a/街口/2020", Topics.Outcome("a", "街口", "2020"));
        Assert.Equal("waterwatch/v1/live/26%23大桥%2F%2B%25/w01019", Topics.Live("26#大桥/+%", "w01019"));
    }
}
