using System.Device.I2c;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Buses;

/// <summary>
/// One device of an I2C bus that several instruments may share, such as the channels of a converter: one conversation at a time, in the order of
/// asking. It is opened by the first conversation, and again after it failed.
/// </summary>
/// <remarks>Thread-safe. One who waits for a device that another holds is set free by its own cancellation.</remarks>
internal sealed class SharedI2cDevice(string name, Func<I2cDevice> open) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private I2cDevice? _device;

    /// <summary>Holds the device for one conversation.</summary>
    /// <exception cref="BusException">The bus cannot be opened, or the device did not acknowledge.</exception>
    public async Task<T> UseAsync<T>(Func<I2cDevice, Task<T>> converse, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _device ??= open();
            return await converse(_device).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Broken(FailureKind.Misconfigured, e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw Broken(FailureKind.Transient, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        Close();
        _turn.Dispose();
    }

    private BusException Broken(FailureKind kind, Exception e)
    {
        Close();
        return new BusException(kind, $"{name}: {e.Message.TrimEnd('.')}", e);
    }

    private void Close() => Interlocked.Exchange(ref _device, null)?.Dispose();
}
