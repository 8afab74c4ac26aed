using Microsoft.Extensions.Time.Testing;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Remote;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Remote;

public sealed class CommandInboxTests : IDisposable
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
    public async Task OfferedAsync_DocumentThatComesAfterItsOrder_IsWaitedFor()
    {
        var inbox = Inbox();
        byte[] document = [1, 2, 3];
        var asked = inbox.OfferedAsync("anhui", Digest.Of(document).ToString(), _time, TestContext.Current.CancellationToken);
        Come(inbox, [9]);
        Assert.False(asked.IsCompleted);

        Come(inbox, document);

        Assert.Equal(document, await asked);
    }

    [Fact]
    public async Task OfferedAsync_DocumentThatNeverComes_IsGivenUp()
    {
        var asked = Inbox().OfferedAsync("anhui", Digest.Of([1]).ToString(), _time, TestContext.Current.CancellationToken);
        Assert.False(asked.IsCompleted);

        _time.Advance(CommandInbox.Patience);

        Assert.Null(await asked);
    }

    private static void Come(CommandInbox inbox, byte[] document) => inbox.Handlers[Topics.Configuration(Some.Station, "anhui")](document);

    private CommandInbox Inbox()
    {
        var configuration = Some.Configuration(_folder, [("anhui", _key)], 1, Some.Simulated("probe", TimeSpan.FromMinutes(1)));
        return new CommandInbox(configuration with { Commands = configuration.Commands with { Accept = ["configuration"] } });
    }
}
