using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Sensor.Edge.Publishing;

/// <summary>How often the broker is tried again: exponentially less often with jitter, at least once a minute, for ever.</summary>
internal static class RetryPolicy
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>A connection that held this long was a good one: after it, trying begins anew with the shortest pause.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    public static ResiliencePipeline Create(TimeProvider time, ILogger logger) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is not null && !args.Context.CancellationToken.IsCancellationRequested),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = First,
            MaxDelay = Longest,
            MaxRetryAttempts = int.MaxValue,
            OnRetry = args =>
            {
                Log(logger, args);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private static void Log(ILogger logger, OnRetryArguments<object> args)
    {
        var expected = args.Outcome.Exception as BrokerException;
        logger.Log(
            expected is { Fault: not BrokerFault.Refused } ? LogLevel.Warning : LogLevel.Error,
            expected is null ? args.Outcome.Exception : null,
            "Broker: {Fault} Next try in {Pause} ms; sampling goes on.",
            args.Outcome.Exception!.Message,
            (long)args.RetryDelay.TotalMilliseconds);
    }
}
