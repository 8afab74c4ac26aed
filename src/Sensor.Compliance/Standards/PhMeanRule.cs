namespace Sensor.Compliance.Standards;

/// <summary>How values of pH are averaged. The documents differ, so there is no default.</summary>
public enum PhMeanRule
{
    /// <summary>The arithmetic mean, as 环办〔2011〕22号 has it for every indicator.</summary>
    Arithmetic = 0,

    /// <summary>Through the hydrogen ion. Source: 总站水字〔2020〕90号.</summary>
    HydrogenIon = 1,
}
