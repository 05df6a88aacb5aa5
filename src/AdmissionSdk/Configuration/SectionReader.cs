using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Configuration;

/// <summary>
/// Reads one section of the configuration, key by key, and adds a sentence for everything that is wrong with it. By hand, because a binder would take
/// "5" for five days and a section in place of a text for nothing. Empty text is a key that is not set.
/// </summary>
internal sealed partial class SectionReader(IConfigurationSection section, ICollection<string> problems)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public delegate bool TryParse<T>(string text, [NotNullWhen(true)] out T? value);

    /// <summary>The keys that were asked for.</summary>
    public IEnumerable<string> Known => _known.Order(StringComparer.Ordinal);

    /// <summary>Takes a key that others read.</summary>
    public void Leave(string key) => _known.Add(key);

    /// <summary>A section inside this one, whose reader refuses unknown keys of its own.</summary>
    public SectionReader Section(string key)
    {
        _known.Add(key);
        return new SectionReader(section.GetSection(key), problems);
    }

    public void Refuse(string key, string problem) => problems.Add($"{section.Path}:{key} {problem}");

    /// <summary>Refuses every key that was not asked for, so it is called last.</summary>
    /// <param name="kind">The kind of key that it would have to be.</param>
    public void RefuseUnknown(string kind = "a setting")
    {
        if (section.Value is { Length: > 0 } text)
        {
            problems.Add($"{section.Path} is \"{text}\"; it must be a section, with any of {string.Join(", ", Known)}.");
        }

        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key)))
        {
            problems.Add($"{child.Path} is not {kind}; there are {string.Join(", ", Known)}.");
        }
    }

    /// <summary>One text. Configuration has no types: a section in its place would otherwise read as nothing.</summary>
    public string? Text(string key)
    {
        _known.Add(key);
        var value = section.GetSection(key);
        if (value.GetChildren().FirstOrDefault() is { } child)
        {
            Refuse(key, $"is a section (it has {child.Key}); it must be one text.");
            return null;
        }

        return value.Value is { Length: > 0 } text ? text : null;
    }

    public bool TryRead<T>(string key, TryParse<T> tryParse, string expected, [NotNullWhen(true)] out T? value)
    {
        value = default;
        if (Text(key) is not { } text)
        {
            return false;
        }

        if (tryParse(text, out value))
        {
            return true;
        }

        Refuse(key, $"is \"{text}\"; it must be {expected}.");
        return false;
    }

    public T? Read<T>(string key, TryParse<T> tryParse, string expected)
        where T : struct =>
        TryRead(key, tryParse, expected, out var value) ? value : null;

    /// <summary>The items of a list.</summary>
    private IEnumerable<IConfigurationSection> Items(string key, string expected)
    {
        _known.Add(key);
        var list = section.GetSection(key);
        if (list.Value is { Length: > 0 } text)
        {
            Refuse(key, $"is \"{text}\"; it must be {expected}.");
        }

        return list.GetChildren();
    }
}
