using Sensor.Contracts;
using Sensor.Edge.Buses;

namespace Sensor.Edge.Drivers.Sdi12;

/// <summary>One measurement from its start to its last value.</summary>
/// <param name="line">The bus.</param>
/// <param name="options">What is asked.</param>
/// <param name="longest">How long a measurement may take.</param>
/// <param name="time">The clock for waits.</param>
internal sealed class Sdi12Measurement(SharedLine line, Sdi12Options options, TimeSpan longest, TimeProvider time)
{
    private const int DataCommands = 10;

    private readonly bool _concurrent = options.Command[0] == 'C';
    private readonly string _start = options.Command.Insert(1, options.Crc ? "C" : "");

    /// <summary>As many values as are configured, or a problem. The line is free for others while a concurrent measurement runs.</summary>
    /// <exception cref="BusException">The line broke.</exception>
    public async Task<Sdi12Answer<IReadOnlyList<string>>> RunAsync(CancellationToken cancellation)
    {
        if (!_concurrent)
        {
            return await line.UseAsync((bytes, c) => MeasureAsync(Link(bytes), c), cancellation).ConfigureAwait(false);
        }

        var promise = await line.UseAsync((bytes, c) => StartAsync(Link(bytes), c), cancellation).ConfigureAwait(false);
        if (promise.Problem is { } problem)
        {
            return problem;
        }

        await Task.Delay(TimeSpan.FromSeconds(promise.Value!.Seconds), time, cancellation).ConfigureAwait(false);
        return await line.UseAsync((bytes, c) => CollectAsync(Link(bytes), c), cancellation).ConfigureAwait(false);
    }

    private Sdi12Link Link(IByteLine bytes) => new(bytes, options, time);

    private async Task<Sdi12Answer<IReadOnlyList<string>>> MeasureAsync(Sdi12Link link, CancellationToken cancellation)
    {
        var promise = await StartAsync(link, cancellation).ConfigureAwait(false);
        if (promise.Problem is { } problem)
        {
            return problem;
        }

        await link.ReadyAsync(TimeSpan.FromSeconds(promise.Value!.Seconds), cancellation).ConfigureAwait(false);
        return await CollectAsync(link, cancellation).ConfigureAwait(false);
    }

    private async Task<Sdi12Answer<Sdi12Promise>> StartAsync(Sdi12Link link, CancellationToken cancellation)
    {
        if (options.Model is not null && await IsOtherAsync(link, cancellation).ConfigureAwait(false) is { } other)
        {
            return other;
        }

        var promise = await link.AskAsync(_start, text => Sdi12Parser.Promise(text, options.Address, _concurrent), cancellation).ConfigureAwait(false);
        return promise.Problem is { Reason: MissingReason.NoAnswer } silent
            ? await WhyAsync(link, silent, cancellation).ConfigureAwait(false)
            : promise.Value is { } made ? Fits(made) : promise;
    }

    /// <summary>Models give other values in other units; the one that is there has to be the one that is configured.</summary>
    private async Task<DriverReply.Failed?> IsOtherAsync(Sdi12Link link, CancellationToken cancellation)
    {
        var identity = await link.AskAsync("I", text => Sdi12Parser.Identity(text, options.Address), cancellation).ConfigureAwait(false);
        return identity.Value is { } found && found.Model != options.Model
            ? Sdi12Refusal.Other($"it is a {found.Vendor} '{found.Model}', not '{options.Model}'; describe this model's values and units, or put the other back")
            : identity.Problem;
    }

    private async Task<DriverReply.Failed> WhyAsync(Sdi12Link link, DriverReply.Failed silent, CancellationToken cancellation)
    {
        var there = await link.AskAsync("", text => Sdi12Parser.Address(text, options.Address), cancellation).ConfigureAwait(false);
        return there.Value is null
            ? silent
            : Sdi12Refusal.Other($"it is there but does not answer {options.Address}{_start}!; see its manual for the command{(options.Crc ? ", and set crc to false for one older than SDI-12 1.3" : "")}");
    }

    private Sdi12Answer<Sdi12Promise> Fits(Sdi12Promise promise) =>
        promise.Count != options.Values.Count
            ? Sdi12Refusal.Other($"it has {promise.Count} values where {options.Values.Count} are configured; list each, with skip for those not wanted")
            : TimeSpan.FromSeconds(promise.Seconds) >= longest
                ? Sdi12Refusal.Other($"it measures for up to {promise.Seconds} s; set a timeout of the instrument that is longer")
                : promise;

    private async Task<Sdi12Answer<IReadOnlyList<string>>> CollectAsync(Sdi12Link link, CancellationToken cancellation)
    {
        var values = new List<string>();
        for (var page = 0; page < DataCommands && values.Count < options.Values.Count; page++)
        {
            var data = await link.AskAsync($"D{page}", Understand, cancellation).ConfigureAwait(false);
            if (data.Problem is not null)
            {
                return data;
            }

            if (data.Value!.Count == 0)
            {
                return new DriverReply.Failed(FailureKind.Transient, MissingReason.NotReported, $"the measurement was aborted: {values.Count} of {options.Values.Count} values");
            }

            values.AddRange(data.Value);
        }

        return values.Count == options.Values.Count ? values : Sdi12Refusal.Bad($"{values.Count} values came where {options.Values.Count} were promised");
    }

    private Sdi12Answer<IReadOnlyList<string>> Understand(string text) =>
        Sdi12Parser.Data(text, options.Address, options.Crc, _concurrent ? Sdi12Parser.MostAfterConcurrent : Sdi12Parser.MostAfterMeasurement);
}
