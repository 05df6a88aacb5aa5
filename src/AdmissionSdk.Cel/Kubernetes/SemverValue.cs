using System.Globalization;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>A semantic version (2.0.0): three numbers, and what comes before the release.</summary>
internal sealed class SemverValue : KubernetesValue
{
    public const string Name = "kubernetes.Semver";

    private static readonly CelType SemverType = CelType.StructOf(Name);

    private readonly string _text;
    private readonly string[] _preRelease;

    private SemverValue(string text, ulong[] numbers, string[] preRelease)
        : base(SemverType) => (_text, Major, Minor, Patch, _preRelease) = (text, numbers[0], numbers[1], numbers[2], preRelease);

    public ulong Major { get; }

    public ulong Minor { get; }

    public ulong Patch { get; }

    /// <summary>The version of a text, or the error that Kubernetes has for it. Normalized, "v1.0" is one.</summary>
    public static CelValue Parse(string text, bool normalize)
    {
        if (normalize)
        {
            var (normalized, error) = Normalize(text);
            if (error is not null)
            {
                return new ErrorValue(error);
            }

            text = normalized;
        }

        if (text.Length == 0)
        {
            return new ErrorValue("Version string empty");
        }

        var parts = text.Split('.', 3);
        if (parts.Length != 3)
        {
            return new ErrorValue("No Major.Minor.Patch elements found");
        }

        var plus = parts[2].IndexOf('+', StringComparison.Ordinal);
        string[] build = plus < 0 ? [] : parts[2][(plus + 1)..].Split('.');
        var rest = plus < 0 ? parts[2] : parts[2][..plus];
        var dash = rest.IndexOf('-', StringComparison.Ordinal);
        string[] preRelease = dash < 0 ? [] : rest[(dash + 1)..].Split('.');
        parts[2] = dash < 0 ? rest : rest[..dash];
        var numbers = new ulong[3];
        for (var i = 0; i < 3; i++)
        {
            var word = i switch { 0 => "Major", 1 => "Minor", _ => "Patch" };
            if (parts[i].Length == 0 || !parts[i].All(char.IsAsciiDigit))
            {
                return new ErrorValue($"Invalid character(s) found in {word.ToLowerInvariant()} number \"{parts[i]}\"");
            }

            if (parts[i].Length > 1 && parts[i][0] == '0')
            {
                return new ErrorValue($"{word} number must not contain leading zeroes \"{parts[i]}\"");
            }

            if (!ulong.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return new ErrorValue($"strconv.ParseUint: parsing \"{parts[i]}\": value out of range");
            }
        }

        return Problem(preRelease, build) is { } problem ? new ErrorValue(problem) : new SemverValue(text, numbers, preRelease);
    }

    public int CompareTo(SemverValue other)
    {
        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (order != 0)
        {
            return Math.Sign(order);
        }

        if (_preRelease.Length == 0 || other._preRelease.Length == 0)
        {
            return other._preRelease.Length.CompareTo(0) - _preRelease.Length.CompareTo(0);
        }

        foreach (var (mine, theirs) in _preRelease.Zip(other._preRelease))
        {
            if (Compare(mine, theirs) is not 0 and var different)
            {
                return different;
            }
        }

        return _preRelease.Length.CompareTo(other._preRelease.Length);
    }

    internal override bool EqualTo(CelValue other) => other is SemverValue version && CompareTo(version) == 0;

    public override string ToString() => _text;

    // Numbers come before texts, and are compared as numbers.
    private static int Compare(string left, string right) => (IsNumber(left), IsNumber(right)) switch
    {
        (true, true) => Math.Sign(left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right)),
        (true, false) => -1,
        (false, true) => 1,
        _ => Math.Sign(string.CompareOrdinal(left, right)),
    };

    private static bool IsNumber(string text) => text.All(char.IsAsciiDigit);

    private static string? Problem(string[] preRelease, string[] build)
    {
        foreach (var part in preRelease)
        {
            if (part.Length == 0)
            {
                return "Prerelease is empty";
            }

            if (IsNumber(part) && part.Length > 1 && part[0] == '0')
            {
                return $"Numeric PreRelease version must not contain leading zeroes \"{part}\"";
            }

            if (!IsPlain(part))
            {
                return $"Invalid character(s) found in prerelease \"{part}\"";
            }
        }

        foreach (var part in build)
        {
            if (part.Length == 0)
            {
                return "Build meta data is empty";
            }

            if (!IsPlain(part))
            {
                return $"Invalid character(s) found in build meta data \"{part}\"";
            }
        }

        return null;

        static bool IsPlain(string text) => text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-');
    }

    private static (string Text, string? Error) Normalize(string text)
    {
        var parts = (text.StartsWith('v') ? text[1..] : text).Split('.', 3);
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length > 1)
            {
                var trimmed = parts[i].TrimStart('0');
                parts[i] = trimmed.Length == 0 || !char.IsAsciiDigit(trimmed[0]) ? "0" + trimmed : trimmed;
            }
        }

        if (parts.Length < 3 && parts[^1].AsSpan().IndexOfAny('+', '-') >= 0)
        {
            return ("", "short version cannot contain PreRelease/Build meta data");
        }

        return (string.Join('.', parts.Concat(Enumerable.Repeat("0", 3 - parts.Length))), null);
    }
}
