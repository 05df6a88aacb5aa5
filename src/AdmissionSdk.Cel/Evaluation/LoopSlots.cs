namespace AdmissionSdk.Cel.Evaluation;

/// <summary>The places of a loop's variables in the frame.</summary>
internal sealed record LoopSlots(int First, int? Second, int Accumulated);
