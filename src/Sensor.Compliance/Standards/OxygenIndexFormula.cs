namespace Sensor.Compliance.Standards;

/// <summary>Which formula the standard index of dissolved oxygen follows. The editions differ, so there is no default.</summary>
public enum OxygenIndexFormula
{
    /// <summary>
    /// From DO_s on |DO_f − DO| ÷ (DO_f − DO_s), below it 10 − 9 DO ÷ DO_s. Found under the name of HJ 2.3-2018;
    /// own knowledge puts it into the edition before, HJ/T 2.3-1993.
    /// </summary>
    TenMinusNine = 0,

    /// <summary>Up to DO_f DO_s ÷ DO, above it |DO_f − DO| ÷ (DO_f − DO_s). Own knowledge of HJ 2.3-2018, annex D; verify before use.</summary>
    LimitOverValue = 1,
}
