namespace Sensor.Contracts.Tests;

public sealed class CatalogueTests
{
    [Fact]
    public void Parameters_All_AreOrdinalAndUnique()
    {
        var codes = ParameterCatalogue.All.Select(p => p.Code).ToList();
        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
    }

    [Fact]
    public void Parameters_All_AreComplete() => Assert.All(ParameterCatalogue.All, p =>
    {
        Assert.True(Parameter.IsWellFormed(p.Code));
        Assert.NotEmpty(p.Symbol);
        Assert.NotEmpty(p.Name);
        Assert.NotEmpty(p.NameZh);
        Assert.InRange(p.Unit.Length, 1, 16);
        Assert.Same(p, ParameterCatalogue.Find(p.Code));
    });

    [Fact]
    public void Find_UnknownCode_IsNull() => Assert.Null(ParameterCatalogue.Find("w99999"));

    [Theory]
    [InlineData(ParameterCatalogue.PH, "pH")]
    [InlineData(ParameterCatalogue.DissolvedOxygen, "DO")]
    [InlineData(ParameterCatalogue.CodMn, "CODMn")]
    [InlineData(ParameterCatalogue.AmmoniaNitrogen, "NH3-N")]
    [InlineData(ParameterCatalogue.TotalPhosphorus, "TP")]
    [InlineData(ParameterCatalogue.TotalNitrogen, "TN")]
    [InlineData(ParameterCatalogue.Temperature, "temperature")]
    public void Find_NamedCode_IsThatParameter(string code, string symbol) => Assert.Equal(symbol, ParameterCatalogue.Find(code)!.Symbol);

    [Theory]
    [InlineData("w01019", true)]
    [InlineData("a00000", true)]
    [InlineData("W01019", false)]
    [InlineData("w0101", false)]
    [InlineData("w010190", false)]
    [InlineData("w0101x", false)]
    [InlineData("w٠١٠١٩", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsWellFormed_Code_IsOneLetterAndFiveDigits(string? code, bool expected) => Assert.Equal(expected, Parameter.IsWellFormed(code));

    [Theory]
    [InlineData("N", FlagUse.Usable)]
    [InlineData("L", FlagUse.BelowDetection)]
    [InlineData("T", FlagUse.AboveRange)]
    [InlineData("Z", FlagUse.NoWater)]
    [InlineData("lw", FlagUse.NoWater)]
    [InlineData("M", FlagUse.Unusable)]
    [InlineData("n", FlagUse.Unusable)]
    [InlineData("zz", FlagUse.Unusable)]
    public void UseOf_Flag_IsAsTheNetworkDefinesIt(string code, FlagUse use) => Assert.Equal(use, Flag.UseOf(code));

    [Fact]
    public void Flags_Known_AreWellFormedAndOnlyNIsUsable()
    {
        Assert.All(Flag.Known, f => Assert.True(Flag.IsWellFormed(f.Key) && f.Key == f.Value.Code && f.Value.Meaning.Length > 0 && f.Value.MeaningZh.Length > 0));
        Assert.Equal("N", Assert.Single(Flag.Known.Values, f => f.Use == FlagUse.Usable).Code);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("N", true)]
    [InlineData("hd", true)]
    [InlineData("hdx", false)]
    [InlineData("1", false)]
    [InlineData("é", false)]
    [InlineData(null, false)]
    public void IsWellFormed_Flag_IsOneOrTwoLetters(string? code, bool expected) => Assert.Equal(expected, Flag.IsWellFormed(code));
}
