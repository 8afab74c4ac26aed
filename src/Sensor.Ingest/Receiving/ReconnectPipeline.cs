using Polly;
using Polly.Retry;

namespace Sensor.Ingest.Receiving;

/// <summary>How a lost broker is tried again: exponential with jitter, from half a second to at most a minute apart, for ever.</summary>
internal static class ReconnectPipeline
{
    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(60);

    /// <param name="failed">Told of each failure and the pause before the next try.</param>
    /// <param name="time">The clock of the pauses.</param>
    public static ResiliencePipeline Create(Action<Exception, TimeSpan> failed, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not OperationCanceledException),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = Cap,
                OnRetry = attempt =>
                {
                    failed(attempt.Outcome.Exception!, attempt.RetryDelay);
                    return default;
                },
            })
            .Build();
}
