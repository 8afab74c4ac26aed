using Sensor.Edge.Buses;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Buses;

public sealed class SharedLineTests
{
    [Fact]
    public async Task Use_TwoAtOnce_TheSecondWaitsForTheFirst()
    {
        await using var line = new SharedLine("bus a", _ => Task.FromResult<IByteLine>(new ScriptedLine(_ => [])));
        var first = new TaskCompletionSource<int>();
        var one = line.UseAsync((_, _) => first.Task, TestContext.Current.CancellationToken);
        var two = line.UseAsync((_, _) => Task.FromResult(2), TestContext.Current.CancellationToken);
        Assert.False(two.IsCompleted);
        first.SetResult(1);
        Assert.Equal((1, 2), (await one, await two));
    }

    [Fact]
    public async Task Use_LateReply_IsThrownAwayBeforeTheNextConversation()
    {
        var scripted = new ScriptedLine(sent => [sent]);
        await using var line = new SharedLine("bus a", _ => Task.FromResult<IByteLine>(scripted));
        await line.UseAsync((_, _) => Task.FromResult(0), TestContext.Current.CancellationToken);
        scripted.Push([0xEE]);
        var read = await line.UseAsync(
            async (bytes, cancellation) =>
            {
                var buffer = new byte[8];
                await bytes.WriteAsync(new byte[] { 7 }, cancellation);
                return buffer[..await bytes.ReadAsync(buffer, cancellation)];
            },
            TestContext.Current.CancellationToken);
        Assert.Equal([7], read);
    }

    [Fact]
    public async Task Use_LineBreaks_IsOpenedAgainByTheNext()
    {
        var opened = 0;
        await using var line = new SharedLine("bus a", _ => Task.FromResult<IByteLine>(new ScriptedLine(_ => []) { CharacterTime = TimeSpan.FromSeconds(++opened) }));
        var broken = await Assert.ThrowsAsync<BusException>(() => line.UseAsync<int>((_, _) => throw new IOException("unplugged."), TestContext.Current.CancellationToken));
        Assert.Equal((FailureKind.Transient, "bus a: unplugged"), (broken.Kind, broken.Message));
        Assert.Equal(TimeSpan.FromSeconds(2), await line.UseAsync((bytes, _) => Task.FromResult(bytes.CharacterTime), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Use_MayNotBeOpened_SaysThatSomeoneHasToChangeIt()
    {
        await using var line = new SharedLine("bus a", _ => throw new UnauthorizedAccessException("Access to /dev/ttyS0 is denied."));
        var refused = await Assert.ThrowsAsync<BusException>(() => line.UseAsync((_, _) => Task.FromResult(0), TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.Misconfigured, refused.Kind);
    }

    [Fact]
    public async Task Use_CancelledWhileWaiting_DoesNotTakeTheTurn()
    {
        await using var line = new SharedLine("bus a", _ => Task.FromResult<IByteLine>(new ScriptedLine(_ => [])));
        var first = new TaskCompletionSource<int>();
        var one = line.UseAsync((_, _) => first.Task, TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource();
        var two = line.UseAsync((_, _) => Task.FromResult(2), patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        first.SetResult(1);
        Assert.Equal(1, await one);
        Assert.Equal(3, await line.UseAsync((_, _) => Task.FromResult(3), TestContext.Current.CancellationToken));
    }
}
