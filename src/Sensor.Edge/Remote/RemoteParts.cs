using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensor.Edge.Configuration;
using Sensor.Edge.Health;
using Sensor.Edge.Outbox;
using Sensor.Edge.Publishing;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Remote;

/// <summary>Puts together what operators can order of a station.</summary>
internal static class RemoteParts
{
    public static CommandDesk Desk(StationConfiguration configuration, StationOutbox outbox, TimeProvider time, IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILogger<CommandDesk>>();
        var (inbox, orders) = (services.GetRequiredService<CommandInbox>(), services.GetRequiredService<SamplingOrders>());
        var remote = configuration.Remote ?? new RemoteConfiguration(configuration);
        var wish = services.GetRequiredService<RestartWish>();
        Publisher Publisher() => services.GetRequiredService<Publisher>();
        IRemoteCommand[] commands =
        [
            new SampleCommand(configuration, orders),
            new CadenceCommand(configuration, orders),
            new MaintenanceOrder(configuration),
            new ResendCommand(outbox, Publisher),
            new LogCommand(configuration, services.GetRequiredService<RecentLog>(), Publisher, logger),
            new OfferConfigurationCommand(inbox, remote, time),
            new ApplyConfigurationCommand(configuration.Digest.ToString(), remote, wish.Raise),
        ];
        return new CommandDesk(configuration, inbox, commands, services.GetRequiredService<RecordStore>(), outbox, time, logger);
    }

    public static ConfigurationTrial Watch(RemoteConfiguration trial, StationConfiguration configuration, TimeProvider time, IServiceProvider services) => new(
        trial,
        services.GetRequiredService<SampleBook>(),
        services.GetRequiredService<Publisher>,
        configuration.Instruments.Select(i => i.Cadence ?? TimeSpan.Zero).Min(),
        services.GetRequiredService<RestartWish>().Raise,
        time,
        services.GetRequiredService<ILogger<ConfigurationTrial>>());
}
