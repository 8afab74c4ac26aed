namespace Sensor.Edge.Drivers.Sdi12;

/// <summary>The answer to a command that starts a measurement.</summary>
/// <param name="Seconds">Within how many seconds the values are ready, 0 to 999.</param>
/// <param name="Count">How many values there will be.</param>
internal sealed record Sdi12Promise(int Seconds, int Count);

/// <summary>The answer to <c>aI!</c>.</summary>
/// <param name="Version">The version of SDI-12 without its point, such as 13.</param>
/// <param name="Vendor">The maker, at most 8 characters.</param>
/// <param name="Model">The model, at most 6 characters.</param>
/// <param name="Rest">The probe's own version, 3 characters, and what the maker adds, at most 13.</param>
internal sealed record Sdi12Identity(string Version, string Vendor, string Model, string Rest);
