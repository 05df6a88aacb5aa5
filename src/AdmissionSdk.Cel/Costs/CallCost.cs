namespace AdmissionSdk.Cel.Costs;

/// <summary>The cost of a call.</summary>
/// <param name="arguments">The values it was called with, which may be errors.</param>
/// <param name="result">The result; null where the cost does not depend on it.</param>
internal delegate long CallCost(ReadOnlySpan<CelValue> arguments, CelValue? result);
