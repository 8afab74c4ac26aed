namespace Sensor.Edge.Drivers.Ultrasonic;

/// <summary>Cuts frames out of bytes: FF, the distance in mm with its high byte first, and the low eight bits of the sum of these three.</summary>
internal sealed class EchoFrames
{
    private const byte Head = 0xFF;
    private const int Length = 4;

    private readonly List<byte> _bytes = [];

    /// <summary>How many bytes belonged to no frame.</summary>
    public int Noise { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    /// <summary>The distance of the next frame in mm, or null when more bytes are needed.</summary>
    public int? Next()
    {
        while (_bytes.Count >= Length)
        {
            var whole = _bytes[0] == Head && _bytes[3] == ((Head + _bytes[1] + _bytes[2]) & 0xFF);
            var distance = (_bytes[1] << 8) | _bytes[2];
            _bytes.RemoveRange(0, whole ? Length : 1);
            if (whole)
            {
                return distance;
            }

            Noise++;
        }

        return null;
    }
}
