using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Tests.Receiving;

public sealed class RoomTests
{
    [Fact]
    public void EnterAsync_NoRoomLeft_WaitsForItsTurnUntilSomeoneLeaves()
    {
        var room = new Room(10);
        var first = room.EnterAsync(8);
        var second = room.EnterAsync(4);
        var third = room.EnterAsync(1);
        Assert.Equal((true, false, false), (first.IsCompleted, second.IsCompleted, third.IsCompleted));

        room.Leave(8);

        Assert.Equal((true, true), (second.IsCompleted, third.IsCompleted));
    }

    [Fact]
    public void EnterAsync_MoreThanThereIs_WaitsUntilItIsAlone()
    {
        var room = new Room(10);
        Assert.True(room.EnterAsync(1).IsCompleted);
        var large = room.EnterAsync(50);
        Assert.False(large.IsCompleted);

        room.Leave(1);
        Assert.True(large.IsCompleted);
        Assert.False(room.EnterAsync(1).IsCompleted);

        room.Leave(50);
        Assert.True(room.EnterAsync(9).IsCompleted);
    }
}
