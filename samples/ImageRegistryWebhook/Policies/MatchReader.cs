using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Policies;

/// <summary>Reads the <c>match</c> of a rule.</summary>
internal static class MatchReader
{
    public static RuleMatch Read(PolicySectionReader section) => new()
    {
        Registries = section.List("registries", (text, node) =>
        {
            if (!RegistryPattern.TryParse(text, out var pattern, out var error))
            {
                section.Report(node, $"registry \"{text}\" {error}");
            }

            return pattern;
        }),
        Repositories = section.List("repositories", (text, node) =>
        {
            if (!RepositoryPattern.TryParse(text, out var pattern, out var error))
            {
                section.Report(node, $"repository \"{text}\" {error}");
            }

            return pattern;
        }),
        Tags = Globs(section, "tags", emptyAllowed: true),
        Digest = section.Choice("digest", DigestMatch.Any, ("present", DigestMatch.Present), ("absent", DigestMatch.Absent)),
        Namespaces = Globs(section, "namespaces"),
        NotNamespaces = Globs(section, "notNamespaces"),
        NamespaceLabels = Selector(section, "namespaceLabels"),
        PodLabels = Selector(section, "podLabels"),
        Containers = Globs(section, "containers"),
        Users = Globs(section, "users"),
    };

    /// <summary>Makes patterns of strings, and reports empty ones unless allowed.</summary>
    internal static Func<string, YamlNode, GlobBox?> Box(PolicySectionReader section, string key, bool emptyAllowed = false) => (text, node) =>
    {
        if (text.Length > 0 || emptyAllowed)
        {
            return new GlobBox(new Glob(text));
        }

        section.Report(node, $"an empty string in {key} matches nothing");
        return null;
    };

    private static List<Glob>? Globs(PolicySectionReader section, string key, bool emptyAllowed = false) =>
        section.List(key, Box(section, key, emptyAllowed))?.Select(box => box.Value).ToList();

    private static PolicyLabelSelector? Selector(PolicySectionReader match, string key)
    {
        if (!match.Has(key))
        {
            return null;
        }

        var section = match.Section(key, PolicyKeys.Selector);
        return new PolicyLabelSelector([.. MatchLabels(section), .. MatchExpressions(section)]);
    }

    private static List<PolicyLabelRequirement> MatchLabels(PolicySectionReader section)
    {
        List<PolicyLabelRequirement> requirements = [];
        if (section.Node("matchLabels") is YamlMapping mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                if (section.Text(entry.Value, $"the label {entry.Key.Value}") is { } value)
                {
                    requirements.Add(new PolicyLabelRequirement(entry.Key.Value, PolicyLabelOperator.In, [value]));
                }
            }
        }
        else if (section.Node("matchLabels") is { } other)
        {
            section.Report(other, "matchLabels must be a mapping");
        }

        return requirements;
    }

    private static List<PolicyLabelRequirement> MatchExpressions(PolicySectionReader section)
    {
        List<PolicyLabelRequirement> requirements = [];
        if (section.Node("matchExpressions") is YamlSequence sequence)
        {
            foreach (var item in sequence.Items)
            {
                requirements.Add(Expression(section.Child(item, "a matchExpression", PolicyKeys.Expression)));
            }
        }
        else if (section.Node("matchExpressions") is { } other)
        {
            section.Report(other, "matchExpressions must be a list");
        }

        return requirements;
    }

    private static PolicyLabelRequirement Expression(PolicySectionReader section)
    {
        foreach (var key in (string[])["key", "operator"])
        {
            if (!section.Has(key))
            {
                section.Missing(key);
            }
        }

        var compares = section.Text("operator") is "In" or "NotIn";
        if (compares != section.Has("values") && section.Has("operator"))
        {
            section.Report(section.Node("values"), compares ? "operators In and NotIn need values" : "values are for the operators In and NotIn");
        }

        return new PolicyLabelRequirement(
            section.Text("key") ?? "",
            section.Choice(
                "operator",
                PolicyLabelOperator.Exists,
                ("In", PolicyLabelOperator.In),
                ("NotIn", PolicyLabelOperator.NotIn),
                ("Exists", PolicyLabelOperator.Exists),
                ("DoesNotExist", PolicyLabelOperator.DoesNotExist)),
            section.List("values", (text, _) => text) ?? []);
    }
}
