using Sensor.Edge.Commands;

return await CommandLine.RunAsync(args).ConfigureAwait(false);
