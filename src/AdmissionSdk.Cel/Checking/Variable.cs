using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Checking;

/// <summary>A name that stands for a value: of the environment, of a loop, or the name of a type, which is a constant.</summary>
internal sealed record Variable(string Name, CelType Type, CelValue? Constant = null, bool IsLocal = false);
