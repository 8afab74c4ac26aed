using Sensor.Compliance.Standards;

namespace Sensor.Compliance.Tests.Standards;

public sealed class WaterGradeTests
{
    [Theory]
    [InlineData(WaterClass.I, WaterGrade.Excellent, "excellent", "优", "blue", "蓝色")]
    [InlineData(WaterClass.II, WaterGrade.Excellent, "excellent", "优", "blue", "蓝色")]
    [InlineData(WaterClass.III, WaterGrade.Good, "good", "良好", "green", "绿色")]
    [InlineData(WaterClass.IV, WaterGrade.LightPollution, "light pollution", "轻度污染", "yellow", "黄色")]
    [InlineData(WaterClass.V, WaterGrade.ModeratePollution, "moderate pollution", "中度污染", "orange", "橙色")]
    [InlineData(WaterClass.WorseThanV, WaterGrade.HeavyPollution, "heavy pollution", "重度污染", "red", "红色")]
    public void Grade_OfEachClass_HasItsNamesAndColours(WaterClass waterClass, WaterGrade grade, string name, string nameZh, string colour, string colourZh)
    {
        Assert.Equal(grade, waterClass.Grade());
        Assert.Equal((name, nameZh, colour, colourZh), (grade.Name(), grade.NameZh(), grade.Colour(), grade.ColourZh()));
    }
}
