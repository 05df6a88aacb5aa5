using System.Globalization;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Configuration;

/// <content>The forms of values.</content>
internal sealed partial class SectionReader : ISettingReader
{
    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return Read<T>(
            key,
            static (text, out value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value),
            $"{string.Join(", ", names[..^1])} or {names[^1]}");
    }

    public bool? Flag(string key) => Read<bool>(key, bool.TryParse, "true or false");

    public int? Number(string key, int least = int.MinValue, int most = int.MaxValue) =>
        (int?)Number(key, least, most, least == int.MinValue ? "a whole number" : $"a number from {least} to {most}");

    public long? Number(string key, long least, long most, string expected) => Read<long>(
        key,
        (text, out value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
        expected);

    /// <summary>Reads a time of any length, zero included.</summary>
    public TimeSpan? Time(string key, string example) => Read<TimeSpan>(
        key,
        static (text, out value) =>
        {
            value = default;
            return text is "0" or "0s"
                || GoDuration.TryParse(text, out value)
                // A bare number would be days.
                || (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value));
        },
        $"a time such as {example}");

    public TimeSpan? Seconds(string key, int least, int most) => Read<TimeSpan>(
        key,
        (text, out value) =>
            (GoDuration.TryParse(text, out value) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value))
            && value >= TimeSpan.FromSeconds(least) && value <= TimeSpan.FromSeconds(most) && value.Ticks % TimeSpan.TicksPerSecond == 0,
        $"whole seconds from {least}s to {most}s, such as 5s");

    /// <summary>Reads the path of a file. Empty text is refused: taken for "not set", it could do without a certificate unnoticed.</summary>
    public string? FilePath(string key)
    {
        if (Text(key) is { } path)
        {
            return path;
        }

        if (section[key] is "")
        {
            Refuse(key, "is empty; it must be the path of a file, or not be set at all.");
        }

        return null;
    }

    public V1LabelSelector? Selector(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!LabelSelectorText.TryParse(text, out var selector))
        {
            Refuse(key, $"is \"{text}\", which is not a selector; write it as kubectl does: team=web,stage in (test,prod),!legacy.");
        }

        return selector;
    }

    public IReadOnlyList<string>? Texts(string key)
    {
        List<string> items = [];
        foreach (var item in Items(key, $"a list, such as {key}:0"))
        {
            if (item.Value is { Length: > 0 } text)
            {
                items.Add(text);
            }
            else
            {
                problems.Add($"{item.Path} must be one text.");
            }
        }

        return items.Count == 0 ? null : items;
    }

    public IReadOnlyList<MatchCondition>? Conditions(string key)
    {
        List<MatchCondition> conditions = [];
        foreach (var item in Items(key, $"a list of sections with Name and Expression, such as {key}:0:Name"))
        {
            var reader = new SectionReader(item, problems);
            conditions.Add(new MatchCondition(reader.Text(nameof(MatchCondition.Name)) ?? "", reader.Text(nameof(MatchCondition.Expression)) ?? ""));
            if (item.Value is not null || item.GetChildren().Any(child => !reader._known.Contains(child.Key)))
            {
                problems.Add($"{item.Path} must be a section with Name and Expression, and nothing else.");
            }
        }

        return conditions.Count == 0 ? null : conditions;
    }
}
