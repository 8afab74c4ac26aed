using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Hj212;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

public sealed class Hj212OptionsTests
{
    private const string Hourly = """
        {"bus":"tcp","dialect":"surface-water","station":"A110000_0001","system":"21","command":"2061","value":"Avg","dataTime":"start","period":"4h",
         "utcOffset":"+08:00","silence":"6h","unflagged":"N","flags":{"x":"M"},
         "parameters":[{"code":"w01019","unit":"mg/L"},{"code":"060","unit":"mg/L","detectionLimit":"0.025"},{"code":"O3","as":"w99999","unit":"mg/L"}]}
        """;

    [Fact]
    public void Read_EveryOption_IsTaken()
    {
        var options = Read(Hourly);
        Assert.Equal(("tcp", null, Hj212Dialect.SurfaceWater, "A110000_0001", "21"), (options.Bus, options.Listen, options.Dialect, options.Station, options.System));
        Assert.Equal(("2061", "Avg", Hj212DataTime.Start, "N", "M"), (options.Command, options.Value, options.DataTime, options.Unflagged, options.Flags["x"]));
        Assert.Equal((TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(6)), (options.Period, options.UtcOffset, options.Silence));
        Assert.Equal([new("w01019", "w01019", "mg/L", null), new("060", "w21003", "mg/L", new MeasuredValue(25, -3)), new("O3", "w99999", "mg/L", null)], options.Parameters);
    }

    [Fact]
    public void Read_Listening_NeedsNoBus()
    {
        var options = Read(Hourly.Replace("\"bus\":\"tcp\"", "\"listen\":5212", StringComparison.Ordinal));
        Assert.Equal((5212, null), (options.Listen, options.Bus));
    }

    [Theory]
    [InlineData("\"bus\":\"tcp\"", "\"bus\":\"i2c\"", "bus: the id of a bus that fits, one of serial, tcp was expected")]
    [InlineData("\"bus\":\"tcp\"", "\"bus\":\"tcp\",\"listen\":5212", "bus: the logger either calls the station or is reached over a bus")]
    [InlineData("\"surface-water\"", "\"2025\"", "dialect: one of 2005, 2017, surface-water was expected")]
    [InlineData("\"value\":\"Avg\",", "", "value: is missing")]
    [InlineData("\"command\":\"2061\",", "", "command: is missing")]
    [InlineData("\"dataTime\":\"start\",", "", "dataTime: is missing")]
    [InlineData("\"period\":\"4h\",", "", "period: goes with a dataTime of start or end")]
    [InlineData("\"dataTime\":\"start\"", "\"dataTime\":\"instant\"", "period: goes with a dataTime of start or end")]
    [InlineData("\"utcOffset\":\"+08:00\",", "", "utcOffset: is missing")]
    [InlineData("+08:00", "8", "utcOffset: an offset of the form +08:00 was expected")]
    [InlineData("\"silence\":\"6h\",", "", "silence: is missing")]
    [InlineData("\"unflagged\":\"N\"", "\"unflagged\":\"Q\"", "unflagged: a flag such as N was expected")]
    [InlineData("{\"x\":\"M\"}", "{\"x\":\"Q\"}", "flags.x: a flag such as N was expected")]
    [InlineData("\"as\":\"w99999\",", "", "parameters[2].as: the factor of the code O3 is not known")]
    [InlineData("\"code\":\"060\",\"unit\":\"mg/L\"", "\"code\":\"060\"", "parameters[1].unit: is missing")]
    [InlineData("\"code\":\"060\"", "\"code\":\"w01019\"", "parameters: w01019 stands more than once")]
    [InlineData("\"unit\":\"mg/L\"}", "\"unit\":\"mg/L\",\"units\":1}", "parameters[0].units: is not a known member")]
    [InlineData("\"unflagged\"", "\"password\":\"x\",\"unflagged\"", "password: is not a known member")]
    public void Read_Mistake_IsReportedWithItsPlace(string right, string wrong, string problem)
    {
        var e = Assert.Throws<DocumentException>(() => Read(Hourly.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", 4, 7 * 24)]
    [InlineData("{\"interval\":\"1h\",\"reach\":\"2d\"}", 1, 48)]
    public void Read_History_HasThePeriodAndAWeekUnlessGiven(string history, int intervalHours, int reachHours)
    {
        var read = Read(Hourly.Replace("\"flags\"", $"\"history\":{history},\"flags\"", StringComparison.Ordinal)).History;
        Assert.Equal(new Hj212HistoryOptions(TimeSpan.FromHours(intervalHours), TimeSpan.FromHours(reachHours)), read);
    }

    [Theory]
    [InlineData("\"command\":\"2061\"", "\"command\":\"2011\",\"history\":{}", "history: no command of HJ 212 asks for kept real-time data")]
    [InlineData("\"dataTime\":\"start\",\"period\":\"4h\"", "\"dataTime\":\"instant\",\"history\":{}", "history.interval: is missing")]
    [InlineData("\"flags\"", "\"history\":{\"reach\":\"1h\"},\"flags\"", "history.reach: is shorter than the distance between two DataTimes")]
    [InlineData("\"flags\"", "\"history\":{\"far\":\"1h\"},\"flags\"", "history.far: is not a known member")]
    [InlineData("\"flags\"", "\"history\":{\"interval\":\"10s\"},\"flags\"", "history.interval: ")]
    public void Read_MistakeInHistory_IsReportedWithItsPlace(string right, string wrong, string problem)
    {
        var e = Assert.Throws<DocumentException>(() => Read(Hourly.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoOptions_NamesEachThatIsMissing()
    {
        var e = Assert.Throws<DocumentException>(() => Read("{}"));
        Assert.Equal(["bus", "command", "dataTime", "dialect", "parameters", "silence", "station", "system", "utcOffset", "value"], e.Problems.Select(p => p.Path).Order(StringComparer.Ordinal));
    }

    private static Hj212Options Read(string json) => StrictDocument.Read("options", Encoding.UTF8.GetBytes(json), root =>
    {
        var read = Hj212Driver.ReadOptions(root, new DriverContext(path => path, FakeBuses.Configured));
        root.End();
        return read;
    });
}
