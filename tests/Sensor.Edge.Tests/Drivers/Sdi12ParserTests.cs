using System.Text.Json;
using CsCheck;
using Sensor.Edge.Drivers;
using Sensor.Edge.Drivers.Sdi12;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Drivers;

public sealed class Sdi12ParserTests
{
    private static readonly IReadOnlyDictionary<string, JsonElement> All = Read();

    public static TheoryData<string> Cases { get; } = [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_Reply_IsUnderstoodOrRefused(string name)
    {
        var given = All[name];
        var (found, problem) = Parse(given);
        if (given.TryGetProperty("says", out var says))
        {
            Assert.Null(found);
            Assert.Contains(says.GetString()!, problem!.Detail, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(problem);
            Assert.Equal(Expected(given), found);
        }
    }

    [Theory]
    [InlineData("123456789", 0xBB3D, "Kl}")] // check value of CRC-16/ARC
    [InlineData("0+3.14", 0xFC5A, "OqZ")] // this and below: SDI-12 1.4, clauses 4.4.12.3 and 4.4.8.1
    [InlineData("0+3.14+2.718+1.414", 0x9C3A, "Ipz")]
    [InlineData("0+1.11+2.22+3.33+4.44+5.55+6.66", 0x9771, "I]q")]
    [InlineData("0+7.77+8.88+9.99", 0x9D97, "IvW")]
    [InlineData("0+3.14+2.718", 0x95CF, "IWO")]
    [InlineData("0", 0x1400, "AP@")]
    public void Crc_OfAText_IsThatOfTheSpecification(string text, int crc, string characters)
    {
        Assert.Equal(crc, Sdi12Crc.Of(text));
        Assert.Equal(characters, Sdi12Crc.Text(crc));
    }

    [Theory]
    [InlineData("+3.14", "3.14")]
    [InlineData("-2", "-2")]
    [InlineData("+1.40", "1.40")]
    [InlineData("-0.050", "-0.050")]
    [InlineData("-0.0", "0.0")]
    [InlineData("+1234567", "1234567")]
    public void Value_OfAText_KeepsItsDigits(string text, string expected) => Assert.Equal(expected, Sdi12Parser.Value(text).ToString());

    [Fact]
    public void Data_ValuesOfAnyDigits_ComeBackAsWritten() =>
        Gen.Select(Gen.Int[-9_999_999, 9_999_999], Gen.Int[0, 6], Written).Array[1, 7].Sample(values =>
        {
            var text = "0" + string.Concat(values);
            var data = Sdi12Parser.Data(text + Sdi12Crc.Text(Sdi12Crc.Of(text)), '0', true, Sdi12Parser.MostAfterConcurrent);
            Assert.Equal(values, data.Value!);
            Assert.All(values, value => Assert.Equal(value.TrimStart('+'), (value[0] == '-' ? "-" : "") + Sdi12Parser.Value(value)!.Value.ToString().TrimStart('-')));
        });

    [Fact]
    public void Data_OneBitIsWrong_IsNeverUnderstood()
    {
        const string good = "0+3.14+2.718+1.414Ipz";
        for (var place = 0; place < good.Length * 7; place++)
        {
            var wrong = good.ToCharArray();
            wrong[place / 7] ^= (char)(1 << (place % 7));
            Assert.Null(Sdi12Parser.Data(new string(wrong), '0', true, Sdi12Parser.MostAfterMeasurement).Value);
        }
    }

    [Fact]
    public void Parse_AnyText_NeverThrowsAndSaysOneThing() => Gen.Select(Gen.Char["0123456789+-.Aaz!\0\r\n\u007f\u00ff"].Array[0, 90], Gen.Bool).Sample((chars, flag) =>
    {
        var text = new string(chars);
        var data = Sdi12Parser.Data(text, '0', flag, Sdi12Parser.MostAfterConcurrent);
        var promise = Sdi12Parser.Promise(text, '0', flag);
        var identity = Sdi12Parser.Identity(text, '0');
        var address = Sdi12Parser.Address(text, '0');
        Assert.True((data.Value is null) != (data.Problem is null) && (promise.Value is null) != (promise.Problem is null));
        Assert.True((identity.Value is null) != (identity.Problem is null) && (address.Value is null) != (address.Problem is null));
        Assert.True(data.Value is null || data.Value.All(value => Sdi12Parser.Value(value) is not null));
    });

    private static string Written(int number, int decimals)
    {
        var digits = Math.Abs(number).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return (number < 0 ? "-" : "+") + (decimals == 0 ? digits : digits.Insert(digits.Length - decimals, "."));
    }

    private static Dictionary<string, JsonElement> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests/cases/sdi12/replies.json")));
        return file.RootElement.EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.Clone());
    }

    private static (string? Found, DriverReply.Failed? Problem) Parse(JsonElement given)
    {
        var line = given.GetProperty("line").GetString()!;
        var address = given.TryGetProperty("address", out var other) ? other.GetString()![0] : '0';
        switch (given.GetProperty("kind").GetString())
        {
            case "data":
                var data = Sdi12Parser.Data(line, address, given.GetProperty("crc").GetBoolean(), given.GetProperty("most").GetInt32());
                return (data.Value is null ? null : string.Join(" ", data.Value), data.Problem);
            case "promise":
                var promise = Sdi12Parser.Promise(line, address, given.GetProperty("concurrent").GetBoolean());
                return (promise.Value?.ToString(), promise.Problem);
            case "identity":
                var identity = Sdi12Parser.Identity(line, address);
                return (identity.Value?.ToString(), identity.Problem);
            default:
                var answer = Sdi12Parser.Address(line, address);
                return (answer.Value, answer.Problem);
        }
    }

    private static string Expected(JsonElement given)
    {
        static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(t => t.GetString()!)];
        return given.GetProperty("kind").GetString() switch
        {
            "data" => string.Join(" ", Texts(given.GetProperty("values"))),
            "promise" => new Sdi12Promise(given.GetProperty("seconds").GetInt32(), given.GetProperty("count").GetInt32()).ToString(),
            "identity" => Texts(given.GetProperty("identity")) is [var version, var vendor, var model, var rest] ? new Sdi12Identity(version, vendor, model, rest).ToString() : "",
            _ => given.GetProperty("line").GetString()!,
        };
    }
}
