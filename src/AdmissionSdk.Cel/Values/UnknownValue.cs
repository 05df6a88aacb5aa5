namespace AdmissionSdk.Cel.Values;

/// <summary>An input that nobody knows where the expression runs. Logic absorbs it as an error, so that a result without it does not depend on it.</summary>
internal sealed class UnknownValue(string path) : ErrorValue($"{path} is not known here")
{
    public string Path { get; } = path;
}
