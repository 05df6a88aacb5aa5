using System.Globalization;
using AdmissionSdk.Quoting;

namespace AdmissionSdk.Contexts;

/// <summary>
/// The warnings and audit annotations of one review, up to the limits of a response. The objects' authors choose how many there are, so what is left out
/// takes no memory, and is counted for the reader. Not safe for concurrent use.
/// </summary>
internal sealed class ReviewNotes
{
    private const string LeftOutKey = "annotations-left-out";

    // The line that counts what is left out.
    private const int LastLine = 64;

    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _annotations = new(StringComparer.Ordinal);
    private int _length;
    private int _warningsLeftOut;
    private int _annotationsLeftOut;

    public void Warn(string message)
    {
        var text = WarningText.Clean(message);
        if (_known.Contains(text))
        {
            // The API server drops repetitions too (contract 16.1).
            return;
        }

        var length = _length + WarningText.Measure(text);
        if (_warningsLeftOut > 0 || length > ResponseLimits.WarningsLength - LastLine)
        {
            _warningsLeftOut++;
            return;
        }

        _length = length;
        _known.Add(text);
        _warnings.Add(text);
    }

    public void Annotate(string key, string value)
    {
        if (_annotations.Count < ResponseLimits.Annotations || _annotations.ContainsKey(key))
        {
            _annotations[key] = ShownText.ToLine(value, ResponseLimits.AnnotationLength);
        }
        else
        {
            _annotationsLeftOut++;
        }
    }

    public IReadOnlyList<string> CopyWarnings() =>
        _warningsLeftOut == 0 ? [.. _warnings] : [.. _warnings, string.Create(CultureInfo.InvariantCulture, $"{_warningsLeftOut} more warnings are left out")];

    public IReadOnlyDictionary<string, string> CopyAnnotations()
    {
        var annotations = new Dictionary<string, string>(_annotations, StringComparer.Ordinal);
        if (_annotationsLeftOut > 0)
        {
            annotations[LeftOutKey] = _annotationsLeftOut.ToString(CultureInfo.InvariantCulture);
        }

        return annotations;
    }
}
