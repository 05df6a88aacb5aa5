using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Policies;

/// <summary>Reads a policy file, YAML or JSON, reports every error with its place, and proves the policy before its use.</summary>
internal static class PolicyReader
{
    /// <summary>Reads a policy.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">The name of the file in messages.</param>
    /// <param name="readLock">Reads the text of the policy's lock file, or throws an <see cref="IOException"/>. Null to ignore lock files.</param>
    public static PolicyLoad Read(string text, string file, Func<string, string>? readLock = null)
    {
        List<PolicyProblem> errors = [];
        List<PolicyProblem> warnings = [];
        if (Root(text, file, "a policy", errors) is not { } root)
        {
            return new PolicyLoad(null, errors, warnings);
        }

        var section = new PolicySectionReader(root, "the policy", PolicyKeys.Policy, file, errors);
        var policy = new Policy
        {
            Rules = Rules(section),
            DefaultAllows = section.Choice("default", false, ("allow", true), ("deny", false)),
            Require = Require(section.Section("require", PolicyKeys.Require)),
            Pin = section.Has("pin") ? Pin(section.Section("pin", PolicyKeys.Pin)) : null,
            Check = Check(section.Section("check", PolicyKeys.Check)),
            Record = Record(section.Section("record", PolicyKeys.Record)),
        };
        if (!section.Has("default"))
        {
            section.Missing("default");
        }

        _ = section.Text(PolicyKeys.Schema);

        if (policy.Pin?.LockFile is { } lockFile)
        {
            policy = policy with { Lock = ReadLock(lockFile, section, readLock, errors) };
        }

        // A proof of a policy with errors would only repeat them.
        if (errors.Count == 0)
        {
            PolicyProof.Check(policy, file, errors, warnings);
        }

        return new PolicyLoad(errors.Count == 0 ? policy : null, [.. errors.OrderBy(error => (error.Line, error.Column))], warnings);
    }

    /// <summary>Reads the only document of a text; null after an error, which is added to the list.</summary>
    internal static YamlNode? Root(string text, string file, string what, List<PolicyProblem> errors)
    {
        try
        {
            var documents = YamlReader.Read(text.TrimStart('\ufeff')).OfType<YamlNode>().Take(2).ToList();
            if (documents.Count == 1)
            {
                return documents[0];
            }

            errors.Add(documents.Count == 0
                ? new PolicyProblem(file, 1, 1, $"the file is empty; {what} is expected")
                : new PolicyProblem(file, documents[1].Line, documents[1].Column, $"the file has a second document; {what} is one document"));
        }
        catch (YamlReadException exception)
        {
            errors.Add(new PolicyProblem(file, exception.Line, exception.Column, exception.Message));
        }

        return null;
    }

    private static List<PolicyRule> Rules(PolicySectionReader policy)
    {
        List<PolicyRule> rules = [];
        if (policy.Node("rules") is not { } node)
        {
            return rules;
        }

        if (node is not YamlSequence sequence)
        {
            policy.Report(node, "rules must be a list");
            return rules;
        }

        for (var index = 0; index < sequence.Items.Count; index++)
        {
            var item = sequence.Items[index];
            var rule = Rule(policy.Child(item, $"rules[{index}]", PolicyKeys.Rule), item);
            if (rules.Find(other => other.Name.Length > 0 && other.Name == rule.Name) is { } same)
            {
                policy.Report(item, $"there are two rules \"{rule.Name}\"; the other is at line {same.Line}");
            }

            rules.Add(rule);
        }

        return rules;
    }

    private static PolicyRule Rule(PolicySectionReader section, YamlNode node)
    {
        var name = section.Text("name");
        if (!section.Has("name"))
        {
            section.Missing("name");
        }
        else if (name is { Length: 0 } || PolicyRuleNames.Reserved.Contains(name))
        {
            section.Report(section.Node("name"), name is { Length: 0 } ? "name is empty" : $"the name \"{name}\" is reserved, as all of {string.Join(", ", PolicyRuleNames.Reserved)}; use another name");
        }

        if (!section.Has("action"))
        {
            section.Missing("action");
        }

        var action = section.Choice(
            "action", RuleAction.Deny, ("rewrite", RuleAction.Rewrite), ("allow", RuleAction.Allow), ("deny", RuleAction.Deny), ("warn", RuleAction.Warn));
        return new PolicyRule
        {
            Name = name ?? "",
            Match = MatchReader.Read(section.Section("match", PolicyKeys.Match)),
            Action = action,
            Target = Target(section, action),
            Path = section.Choice(
                "path", RewritePath.Normalized, ("normalized", RewritePath.Normalized), ("asWritten", RewritePath.AsWritten), ("hostInPath", RewritePath.HostInPath)),
            ImagePullSecrets = section.List("imagePullSecrets", (text, node) => SecretName(section, text, node)) ?? [],
            Message = section.Text("message"),
            GuardByWebhook = GuardByWebhook(section, action),
            Line = node.Line,
            Column = node.Column,
        };
    }

    // The API server would refuse a pod with a name that is not valid.
    private static string? SecretName(PolicySectionReader section, string text, YamlNode node)
    {
        if (text.Length is > 0 and <= 253 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'))
        {
            return text;
        }

        section.Report(node, $"imagePullSecrets: \"{text}\" is not the name of a Secret");
        return null;
    }

    // A rule of another action is decided by the guard policy exactly as by the webhook: to leave it to the webhook would only open the guard.
    private static bool GuardByWebhook(PolicySectionReader section, RuleAction action)
    {
        if (action != RuleAction.Rewrite && section.Has("guard") && section.Has("action"))
        {
            section.Report(section.Node("guard"), "guard is for rules with action rewrite; a guard policy decides about every other rule as the webhook does");
        }

        return section.Choice("guard", false, ("webhook", true));
    }

    private static RewriteTarget? Target(PolicySectionReader section, RuleAction action)
    {
        foreach (var key in (string[])["target", "path", "imagePullSecrets"])
        {
            if (action != RuleAction.Rewrite && section.Has(key) && section.Has("action"))
            {
                section.Report(section.Node(key), $"{key} is for rules with action rewrite");
            }
        }

        if (action != RuleAction.Rewrite)
        {
            return null;
        }

        if (!section.Has("target"))
        {
            section.Missing("target");
            return null;
        }

        if (section.Text("target") is not { } text)
        {
            return null;
        }

        if (!RewriteTarget.TryParse(text, out var target, out var error))
        {
            section.Report(section.Node("target"), $"target \"{text}\" {error}");
        }

        return target;
    }

    private static RequireSection Require(PolicySectionReader section) => new()
    {
        Digest = section.Flag("digest", false),
        Tag = section.Flag("tag", false),
        ForbidTags = section.List("forbidTags", MatchReader.Box(section, "forbidTags"))?.Select(box => box.Value).ToList() ?? [],
    };

    private static PinSection Pin(PolicySectionReader section)
    {
        var pin = new PinSection
        {
            LockFile = section.Text("lockFile"),
            RegistryLookup = section.Choice("registryLookup", false, ("off", false), ("fallback", true)),
            DenyOnMiss = section.Choice("onMiss", false, ("keep", false), ("deny", true)),
        };
        if (!section.Has("lockFile") && !pin.RegistryLookup)
        {
            section.Report(null, "pin has neither a lockFile nor registryLookup: fallback, so that there is nothing to pin with");
        }

        return pin;
    }

    private static CheckSection Check(PolicySectionReader section)
    {
        var defaults = new CheckSection();
        return new CheckSection
        {
            Exists = section.Choice(
                "exists", ExistsCheck.Off, ("off", ExistsCheck.Off), ("warn", ExistsCheck.Warn), ("deny", ExistsCheck.Deny), ("keepSource", ExistsCheck.KeepSource)),
            Timeout = section.Duration("timeout", defaults.Timeout),
            Cache = section.Duration("cache", defaults.Cache),
        };
    }

    private static RecordSection Record(PolicySectionReader section) => new()
    {
        Annotation = section.Flag("annotation", true),
        Warning = section.Flag("warning", true),
        Audit = section.Flag("audit", true),
    };

    private static ImageLock ReadLock(string lockFile, PolicySectionReader section, Func<string, string>? readLock, List<PolicyProblem> errors)
    {
        try
        {
            return readLock is null ? ImageLock.Empty : LockReader.Read(readLock(lockFile), lockFile, errors);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            section.Report(section.Node("pin"), $"the lock file {lockFile} cannot be read: {exception.Message}");
            return ImageLock.Empty;
        }
    }
}
