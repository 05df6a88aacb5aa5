using System.Globalization;
using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Policies;

/// <summary>Reads one mapping of a file by key, and collects every problem so that all errors are reported at once.</summary>
internal sealed class PolicySectionReader
{
    private readonly Dictionary<string, YamlNode> _values = [];
    private readonly YamlNode _node;
    private readonly string _where;
    private readonly string _file;
    private readonly List<PolicyProblem> _problems;

    /// <summary>Reads the keys of a mapping, and reports unknown ones.</summary>
    /// <param name="node">The mapping; null for a missing section.</param>
    /// <param name="where">The name of the section in messages.</param>
    /// <param name="keys">The known keys.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="problems">The list that gets the problems.</param>
    public PolicySectionReader(YamlNode? node, string where, IReadOnlyList<string> keys, string file, List<PolicyProblem> problems)
    {
        _node = node ?? YamlMapping.Empty;
        (_where, _file, _problems) = (where, file, problems);
        if (_node is not YamlMapping mapping)
        {
            Report(_node, $"{where} must be a mapping");
            return;
        }

        foreach (var entry in mapping.Entries)
        {
            if (keys.Contains(entry.Key.Value))
            {
                _values.Add(entry.Key.Value, entry.Value);
            }
            else
            {
                Report(entry.Key, $"unknown key \"{entry.Key.Value}\" in {where}; known are {string.Join(", ", keys)}");
            }
        }
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public YamlNode? Node(string key) => _values.GetValueOrDefault(key);

    public PolicySectionReader Section(string key, IReadOnlyList<string> keys) => new(Node(key), key, keys, _file, _problems);

    public PolicySectionReader Child(YamlNode node, string where, IReadOnlyList<string> keys) => new(node, where, keys, _file, _problems);

    public void Report(YamlNode? node, string message) => _problems.Add(new PolicyProblem(_file, (node ?? _node).Line, (node ?? _node).Column, message));

    public void Missing(string key)
    {
        // A node that is not a mapping was reported before.
        if (_node is YamlMapping)
        {
            Report(_node, $"{_where} needs \"{key}\"");
        }
    }

    public string? Text(string key) => Node(key) is { } node ? Text(node, key) : null;

    public string? Text(YamlNode node, string key)
    {
        if (node is YamlScalar { Kind: YamlScalarKind.String } scalar)
        {
            return scalar.Value;
        }

        Report(node, node is YamlScalar other ? $"{key} must be a string, and {Describe(other)}; put it in quotes" : $"{key} must be a string");
        return null;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Node(key) is not { } node)
        {
            return fallback;
        }

        if (node is YamlScalar { Kind: YamlScalarKind.Boolean } scalar)
        {
            return scalar.Value is "true" or "True" or "TRUE";
        }

        Report(node, $"{key} must be true or false");
        return fallback;
    }

    /// <summary>Reads one of a few words; the fallback if the key is missing or has another word.</summary>
    public T Choice<T>(string key, T fallback, params (string Word, T Value)[] choices)
    {
        if (Text(key) is not { } word)
        {
            return fallback;
        }

        foreach (var choice in choices)
        {
            if (choice.Word == word)
            {
                return choice.Value;
            }
        }

        Report(Node(key), $"{key} must be {string.Join(" or ", choices.Select(choice => choice.Word))}, not \"{word}\"");
        return fallback;
    }

    /// <summary>Reads a list of strings and converts each; null if the key is missing.</summary>
    public IReadOnlyList<T>? List<T>(string key, Func<string, YamlNode, T?> make)
        where T : class
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is not YamlSequence { Items.Count: > 0 } sequence)
        {
            Report(node, node is YamlSequence ? $"{key} is empty, which matches nothing; leave it out" : $"{key} must be a list of strings");
            return [];
        }

        List<T> items = [];
        foreach (var item in sequence.Items)
        {
            if (Text(item, $"each of {key}") is { } text && make(text, item) is { } made)
            {
                items.Add(made);
            }
        }

        return items;
    }

    /// <summary>Reads a duration such as <c>1s</c>, <c>500ms</c> or <c>10m</c>; the fallback if the key is missing or the duration is not valid.</summary>
    public TimeSpan Duration(string key, TimeSpan fallback)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        if (unit > TimeSpan.Zero && digits is > 0 and < 7 && int.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture) is > 0 and var number)
        {
            return unit * number;
        }

        Report(Node(key), $"{key} must be a duration such as 500ms, 1s or 10m, not \"{text}\"");
        return fallback;
    }

    private static string Describe(YamlScalar scalar) => scalar.Kind switch
    {
        YamlScalarKind.Null => "an empty value is null",
        YamlScalarKind.Boolean => $"{scalar.Value} is a boolean",
        _ => $"{scalar.Value} is a number",
    };
}
