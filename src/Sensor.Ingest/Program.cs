using Sensor.Ingest.Commands;

return await IngestCommand.RunAsync(args, Console.Out, Console.Error);
