namespace AdmissionSdk.Cel;

/// <summary>The cost of an expression as far as it is known before it runs, in the units of the API server's limits.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most; <see cref="ulong.MaxValue"/> if nothing bounds it, as for loops over lists of an object.</param>
public readonly record struct CelCostEstimate(ulong Min, ulong Max);
