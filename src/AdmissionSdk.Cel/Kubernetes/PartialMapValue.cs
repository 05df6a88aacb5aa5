using AdmissionSdk.Cel.Evaluation;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>An object of which some fields are not known. A question about the whole of it ends the evaluation.</summary>
internal sealed class PartialMapValue(MapValue known, string path, IReadOnlySet<string> unknown, EvalFrame frame) : MapValue
{
    public override long Count
    {
        get
        {
            frame.StopAtUnknown(path);
            return known.Count;
        }
    }

    public override IEnumerable<CelValue> Keys
    {
        get
        {
            frame.StopAtUnknown(path);
            return known.Keys;
        }
    }

    public override CelValue? Find(CelValue key) =>
        key is StringValue name ? Wrap(known.Find(key), $"{path}.{name.Value}", unknown, frame) : known.Find(key);

    /// <summary>The value, or what stands for it if it is unknown as a whole or in part.</summary>
    public static CelValue? Wrap(CelValue? value, string path, IReadOnlySet<string> unknown, EvalFrame frame) =>
        unknown.Contains(path) ? frame.ReadUnknown(path)
        : value is MapValue map && unknown.Any(other => other.StartsWith(path + ".", StringComparison.Ordinal)) ? new PartialMapValue(map, path, unknown, frame)
        : value;

    internal override bool EqualTo(CelValue other)
    {
        frame.StopAtUnknown(path);
        return false;
    }
}
