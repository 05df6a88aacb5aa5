namespace AdmissionSdk.Cel.Values;

/// <summary>Ends an evaluation from within a comparison, whose result has no room for an error.</summary>
internal sealed class EffortExceededException() : Exception("The evaluation takes too many steps.");
