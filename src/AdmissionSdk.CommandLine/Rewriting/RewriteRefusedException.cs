using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>The refusal of a change that is not certain.</summary>
internal sealed class RewriteRefusedException(YamlNode place, string path, string reason) : Exception($"{(path.Length > 0 ? path : "the object")} is not rewritten: {reason}")
{
    public int Line { get; } = place.Line;

    public int Column { get; } = place.Column;
}
