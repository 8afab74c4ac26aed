using System.Text;
using CsCheck;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class JsonItemReaderTests
{
    private static readonly byte[] Outcome = AssessmentCase.Read("revised-and-repeated").Assess()[0].ToBytes();

    [Fact]
    public void Read_EveryOutcomeOfTheCases_IsWrittenBackToTheSameBytes() => Assert.All(
        AssessmentCase.Names.SelectMany(n => AssessmentCase.Read(n).Assess()),
        outcome => Assert.Equal(outcome.ToBytes(), CanonicalJson.Write(JsonItemReader.Read("f", outcome.ToBytes()))));

    [Theory]
    [InlineData("{\"b\":1,\"a\":[true,null]}", "{\"a\":[true,null],\"b\":1}")]
    [InlineData(" [ \"\\u6cb3\\ud83d\\ude00\" , -5 ]\n", "[\"河😀\",-5]")]
    [InlineData("\uFEFF9007199254740991", "9007199254740991")]
    public void Read_OtherFormOfTheSame_GivesTheCanonicalForm(string json, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Write(JsonItemReader.Read("f", Encoding.UTF8.GetBytes(json)))));

    [Theory]
    [InlineData("", "")]
    [InlineData("{\"a\":1} 2", "")]
    [InlineData("{\"a\":1,}", "")]
    [InlineData("[1 /* one */]", "")]
    [InlineData("{\"a\":{\"b\":1,\"b\":2}}", "a.b")]
    [InlineData("{\"a\":[1,1.5]}", "a[1]")]
    [InlineData("{\"a\":1e2}", "a")]
    [InlineData("{\"a\":9007199254740992}", "a")]
    [InlineData("{\"a\":\"\\ud800\"}", "a")]
    [InlineData("{\"\\udc00\":1}", "")]
    public void Read_WhatNoOutcomeHolds_IsRefusedWithItsPlace(string json, string path)
    {
        var problem = Assert.Single(Assert.Throws<DocumentException>(() => JsonItemReader.Read("f", Encoding.UTF8.GetBytes(json))).Problems);
        Assert.True(path.Length == 0 || problem.Path == path, problem.ToString());
    }

    [Fact]
    public void Read_DeeperThanAllowed_IsRefused() =>
        Assert.Throws<DocumentException>(() => JsonItemReader.Read("f", Encoding.UTF8.GetBytes(new string('[', 100_000))));

    [Fact]
    public void Read_BrokenUtf8_IsRefused() => Assert.Throws<DocumentException>(() => JsonItemReader.Read("f", [(byte)'"', 0xC3, (byte)'"']));

    [Fact]
    public void Read_MutatedOutcome_GivesAValueOrARefusal() =>
        Gen.Select(Gen.Int[0, Outcome.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 4].Sample(mutations =>
        {
            var bytes = Outcome.ToList();
            foreach (var (at, value, kind) in mutations)
            {
                var place = at % bytes.Count;
                _ = kind switch
                {
                    0 => bytes[place] = value,
                    1 => bytes[place] ^= (byte)(1 << (value % 8)),
                    _ => (byte)0,
                };
                if (kind == 2)
                {
                    bytes.RemoveRange(place, int.Min(value, bytes.Count - place - 1));
                }
                else if (kind == 3)
                {
                    bytes.Insert(place, value);
                }
            }

            try
            {
                var read = JsonItemReader.Read("f", bytes.ToArray());
                Assert.Equal(CanonicalJson.Write(read), CanonicalJson.Write(JsonItemReader.Read("f", CanonicalJson.Write(read))));
            }
            catch (DocumentException e)
            {
                Assert.NotEmpty(e.Problems);
            }
        }, iter: 3_000);

    [Fact]
    public void Read_AnyBytes_GivesAValueOrARefusal() =>
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            try
            {
                CanonicalJson.Write(JsonItemReader.Read("f", bytes));
            }
            catch (DocumentException)
            {
                // Refused, as it should be.
            }
        }, iter: 20_000);
}
