using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>A text cannot be changed with certainty.</summary>
internal sealed class RewriteRefusedException(YamlNode place, string path, string reason) : Exception($"{(path.Length > 0 ? path : "the object")} is not rewritten: {reason}")
{
    public int Line { get; } = place.Line;

    public int Column { get; } = place.Column;
}
