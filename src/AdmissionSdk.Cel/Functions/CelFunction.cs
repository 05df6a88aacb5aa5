namespace AdmissionSdk.Cel.Functions;

/// <summary>The code of a function: a value, or an error as one.</summary>
internal delegate CelValue CelFunction(ReadOnlySpan<CelValue> arguments);
