using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Configuration;

/// <summary>Reads one value. Configuration has no types: a section where a text is expected would otherwise read as nothing, without a word.</summary>
internal static class ConfiguredText
{
    /// <summary>The text of a key; null when it is not there, or is a section, which is a problem.</summary>
    public static string? Read(IConfigurationSection section, string key, ICollection<string> problems)
    {
        var value = section.GetSection(key);
        if (value.GetChildren().FirstOrDefault() is { } child)
        {
            problems.Add($"{value.Path} is a section (it has {child.Key}); it must be one text.");
            return null;
        }

        return value.Value is { Length: > 0 } text ? text : null;
    }
}
