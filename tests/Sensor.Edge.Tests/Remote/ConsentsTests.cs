using Microsoft.Extensions.Time.Testing;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Remote;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Remote;

public sealed class ConsentsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly FakeTimeProvider _time = new();

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Take_SameOrderOfEveryOperator_IsReleasedTogether()
    {
        var consents = Consents(2);
        Assert.Empty(consents.Take("maintenance", Order("a", "begin")));
        Assert.Empty(consents.Take("maintenance", Order("a", "end")));
        Assert.Equal(["a", "b"], consents.Take("maintenance", Order("b", "begin")).Select(o => o.Command.Operator));
        Assert.NotNull(consents.Left);
    }

    [Fact]
    public void TakeExpired_AfterAQuarterOfAnHour_GivesBackWhatWaited()
    {
        var consents = Consents(2);
        consents.Take("maintenance", Order("a", "begin"));
        _time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.Empty(consents.TakeExpired());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.Zero, consents.Left);
        Assert.Equal("a", Assert.Single(consents.TakeExpired()).Command.Operator);
        Assert.Null(consents.Left);
        Assert.Empty(consents.Take("maintenance", Order("b", "begin")));
    }

    [Fact]
    public void Take_OneOperatorOrAWordThatNeedsNoConsent_IsReleasedAtOnce()
    {
        Assert.Single(Consents(1).Take("maintenance", Order("a", "begin")));
        Assert.Single(Consents(2).Take("sample", Order("a", "begin")));
    }

    [Fact]
    public void Allows_MoreThanSixtyInAnHour_WaitsForTheOldestToPass()
    {
        var rate = new CommandRate(_time);
        Assert.All(Enumerable.Range(0, 60), _ => Assert.True(rate.Allows("a")));
        Assert.False(rate.Allows("a"));
        Assert.True(rate.Allows("b"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(rate.Allows("a"));
    }

    private Consents Consents(int operators) => new(
        Some.Configuration(_folder, Enumerable.Range(0, operators).Select(i => ($"{(char)('a' + i)}", _key))) with { Commands = new CommandsConfiguration { Accept = ["maintenance"] } }, _time);

    private Order Order(string operatorId, string state)
    {
        var command = new Command { Deployment = Some.Deployment, Station = Some.Station, Operator = operatorId, Sequence = 1, Issued = default, Name = "maintenance", Arguments = [new CommandArgument("state", state)] };
        return new Order(Envelope.Sign(ContentTypes.Command, CommandCodec.Encode(command), _key), command);
    }
}
