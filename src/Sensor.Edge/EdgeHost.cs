using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Health;
using Sensor.Edge.Outbox;
using Sensor.Edge.Publishing;
using Sensor.Edge.Remote;
using Sensor.Edge.Sampling;

namespace Sensor.Edge;

/// <summary>A station that runs in this process: samples, signs, keeps, publishes.</summary>
/// <remarks>
/// Create, start, stop and dispose it from one thread; everything else is thread-safe. Two hosts cannot share an outbox.
/// </remarks>
public sealed class EdgeHost : IAsyncDisposable
{
    private readonly SigningKey _key;
    private readonly StationBuses _buses;
    private readonly StationActuators _actuators;
    private readonly StationOutbox _outbox;
    private readonly IHost _host;
    private readonly Sampler _sampler;
    private readonly Publisher _publisher;
    private readonly FatalFault _fault;
    private readonly ILogger _logger;
    private bool _stopped;

    private EdgeHost(SigningKey key, StationOutbox outbox, StationBuses buses, StationActuators actuators, IHost host)
    {
        (_key, _outbox, _buses, _actuators, _host) = (key, outbox, buses, actuators, host);
        _sampler = host.Services.GetRequiredService<Sampler>();
        _publisher = host.Services.GetRequiredService<Publisher>();
        _fault = host.Services.GetRequiredService<FatalFault>();
        _logger = Logger<EdgeHost>(host.Services);
        if (outbox.Salvaged is { } salvaged)
        {
            _logger.LogCritical("{Salvaged}", salvaged);
        }
    }

    /// <summary>The version of this software, as boot records and the status carry it.</summary>
    public static string Software { get; } = $"waterwatch-edge {typeof(EdgeHost).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>How the station stands now.</summary>
    public EdgeSnapshot Snapshot => new(
        _outbox.Run,
        _outbox.Tail,
        _outbox.LastSequence,
        _outbox.Coverage.Operators.ToDictionary(id => id, _outbox.Undelivered, StringComparer.Ordinal),
        _sampler.ReplayEnded,
        _publisher.Connected);

    /// <summary>Whether the station stopped to begin again with another configuration.</summary>
    internal bool RestartWanted => _host.Services.GetRequiredService<RestartWish>().Wanted;

    /// <summary>Why the station stopped by itself, or null.</summary>
    public EdgeException? Fault => _fault.Value;

    /// <summary>Makes the station's key where there is none yet and returns what operators enrol.</summary>
    /// <exception cref="EdgeException">The key cannot be read or written, or is lost while its outbox still exists.</exception>
    public static StationIdentity Enroll(StationConfiguration configuration)
    {
        using var key = StationKey.LoadOrCreate(configuration);
        return new StationIdentity(configuration.Deployment, configuration.Station, key.Public.Id, key.Public.Pem);
    }

    /// <summary>
    /// Opens the outbox and begins a run: its boot record is durable when this returns. Nothing is sampled or sent before <see cref="StartAsync"/>.
    /// </summary>
    /// <param name="configuration">The station; its key must exist, see <see cref="Enroll"/>.</param>
    /// <param name="logging">Adds log providers; null for none.</param>
    /// <exception cref="DocumentException">The configuration breaks its rules.</exception>
    /// <exception cref="EdgeException">The key or the outbox cannot be used.</exception>
    public static EdgeHost Create(StationConfiguration configuration, Action<ILoggingBuilder>? logging = null) =>
        Create(configuration, EdgeParts.Real, logging);

    internal static EdgeHost Create(StationConfiguration configuration, EdgeParts parts, Action<ILoggingBuilder>? logging)
    {
        ConfigurationRules.Require(configuration);
        var key = StationKey.Load(configuration);
        StationOutbox? outbox = null;
        try
        {
            var clock = new StationClock(parts.Time, parts.Kernel);
            outbox = StationOutbox.Open(configuration, key, clock, Software);
            var buses = new StationBuses(configuration.Buses, parts.Hardware);
            var actuators = new StationActuators(configuration.Actuators, buses, parts.Time);
            return new EdgeHost(key, outbox, buses, actuators, BuildHost(configuration, parts, clock, outbox, buses, actuators, logging));
        }
        catch
        {
            outbox?.Dispose();
            key.Dispose();
            throw;
        }
    }

    /// <summary>Begins to sample and publish.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await _actuators.OffAsync(_logger).ConfigureAwait(false);
        await _host.StartAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Stops sampling, says goodbye to the broker and ends the run orderly. What is not delivered stays in the outbox.</summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        await _host.StopAsync(cancellation).ConfigureAwait(false);
        if (Fault is null && !_outbox.TryEndRun(out var refusal))
        {
            _logger.LogError("The end of the run could not be noted: {Reason}. The next run will say 'unclean'.", refusal);
        }
    }

    /// <summary>Completes when every replay has ended and every operator has receipted every record.</summary>
    /// <exception cref="OperationCanceledException">The station stopped before that, or <paramref name="cancellation"/> ended the wait.</exception>
    public async Task WhenDelivered(CancellationToken cancellation = default)
    {
        var stopping = _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        while (true)
        {
            var changed = _outbox.Changed.Next;
            if (_sampler.ReplayEnded && _outbox.AllDelivered)
            {
                return;
            }

            await changed.WaitAsync(either.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Completes when the station stops by itself, see <see cref="Fault"/>, or <paramref name="cancellation"/> asks it to.</summary>
    public async Task WhenStopping(CancellationToken cancellation = default)
    {
        var stopping = _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops if need be and closes the outbox.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _host.Dispose();
        await _actuators.DisposeAsync().ConfigureAwait(false);
        await _buses.DisposeAsync().ConfigureAwait(false);
        _outbox.Dispose();
        _key.Dispose();
    }

    private static IHost BuildHost(StationConfiguration configuration, EdgeParts parts, StationClock clock, StationOutbox outbox, StationBuses buses, StationActuators actuators, Action<ILoggingBuilder>? logging)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        logging?.Invoke(builder.Logging);
        var recent = new RecentLog(parts.Time);
        builder.Logging.AddProvider(recent);
        builder.Services
            .AddSingleton<IHostLifetime, NoLifetime>()
            .AddSingleton<FatalFault>()
            .AddSingleton<StorageCondition>()
            .AddSingleton<ReceiptBook>()
            .AddSingleton(new Heartbeat(parts.Time))
            .AddSingleton<SampleBook>()
            .AddSingleton(services => new StationHealth(outbox, clock, services.GetRequiredService<SampleBook>(), new Machine("/", configuration.DataDirectory)))
            .AddSingleton(services => new RecordStore(
                outbox, configuration.OutboxFile, services.GetRequiredService<StorageCondition>(), services.GetRequiredService<FatalFault>(), services.GetRequiredService<IHostApplicationLifetime>(), parts.Time, Logger<RecordStore>(services)))
            .AddSingleton(services => new Publisher(
                configuration, outbox,
                new StatusDocument(configuration.Deployment, configuration.Station, Software, outbox, clock, services.GetRequiredService<StationHealth>(), services.GetRequiredService<StorageCondition>(), services.GetRequiredService<ReceiptBook>()),
                services.GetRequiredService<ReceiptBook>(),
                services.GetRequiredService<CommandInbox>().Handlers,
                clock, Logger<Publisher>(services)))
            .AddSingleton<RestartWish>()
            .AddSingleton(recent)
            .AddSingleton(new CommandInbox(configuration))
            .AddSingleton(new SamplingOrders(configuration, outbox))
            .AddSingleton(services => RemoteParts.Desk(configuration, outbox, parts.Time, services))
            .AddSingleton(services => BuildSampler(configuration, parts, clock, outbox, buses, actuators, services))
            .AddSingleton(services => new ClockWatch(clock, parts.Kernel, services.GetRequiredService<RecordStore>(), Logger<ClockWatch>(services)))
            .AddSingleton(services => new RequestDesk(configuration, services.GetRequiredService<RecordStore>(), parts.Time, Logger<RequestDesk>(services)))
            .AddSingleton(services => new SystemdHealth(
                parts.Notifier, services.GetRequiredService<Heartbeat>(), parts.Time, Logger<SystemdHealth>(services), parts.WatchdogMicroseconds))
            .AddHostedService(services => services.GetRequiredService<Publisher>())
            .AddHostedService(services => services.GetRequiredService<Sampler>())
            .AddHostedService(services => services.GetRequiredService<ClockWatch>())
            .AddHostedService(services => services.GetRequiredService<RequestDesk>())
            .AddHostedService(services => services.GetRequiredService<CommandDesk>())
            .AddHostedService(services => services.GetRequiredService<SystemdHealth>());
        if (configuration.Metrics is { } metrics)
        {
            builder.Services.AddHostedService(services => new MetricsServer(
                metrics.Port,
                new MetricsText(configuration.Station, Software, outbox, clock, services.GetRequiredService<StationHealth>(), () => services.GetRequiredService<Publisher>().Connected),
                Logger<MetricsServer>(services)));
        }

        if (configuration.Trial is { } trial)
        {
            builder.Services.AddHostedService(services => RemoteParts.Watch(trial, configuration, parts.Time, services));
        }

        return builder.Build();
    }

    private static Sampler BuildSampler(StationConfiguration configuration, EdgeParts parts, StationClock clock, StationOutbox outbox, StationBuses buses, StationActuators actuators, IServiceProvider services)
    {
        var logger = Logger<Sampler>(services);
        var store = services.GetRequiredService<RecordStore>();
        var samples = services.GetRequiredService<SampleBook>();
        var heartbeat = services.GetRequiredService<Heartbeat>();
        var orders = services.GetRequiredService<SamplingOrders>();
        var maintenance = new Maintenance(configuration.Instruments, outbox);
        var loops = configuration.Instruments.Select(instrument => new InstrumentLoop(instrument, parts.Driver(instrument, new DriverTools(instrument.Id, instrument.Timeout, buses, parts.Time)), store, outbox, clock, heartbeat, samples, maintenance, actuators, orders, logger));
        return new Sampler([.. loops], store, parts.Time, logger);
    }

    private static ILogger<T> Logger<T>(IServiceProvider services) => services.GetRequiredService<ILogger<T>>();

    /// <summary>The host neither takes the process's signals nor writes to its console; who composes it does.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>What a test puts something else in place of.</summary>
internal sealed record EdgeParts(TimeProvider Time, IKernelClock Kernel, Func<InstrumentConfiguration, DriverTools, IDriver> Driver, IBusHardware Hardware, ISystemdNotifier Notifier, string? WatchdogMicroseconds)
{
    public static EdgeParts Real => new(
        TimeProvider.System,
        new KernelClock(),
        (instrument, tools) => DriverCatalog.Of(instrument.Options).Create(tools, instrument.Options),
        new LinuxBuses(TimeProvider.System),
        new SystemdNotifier(),
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"));
}
