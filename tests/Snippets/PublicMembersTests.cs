using System.Text.RegularExpressions;
using Shared;

namespace Snippets.Tests;

/// <summary>A page says what each public member that a handler's author meets is for. What is left out is left out here, with a reason.</summary>
/// <remarks>Covers docs/handlers.md, docs/registration.md, docs/patching.md, docs/lookups.md, docs/guard-policy.md.</remarks>
public sealed partial class PublicMembersTests
{
    /// <summary>The types of which every member is on a page.</summary>
    private static readonly string[] Explained =
    [
        "AdmissionContext", "MutationContext", "ValidationContext", "UserInfo", "Operation", "Operations", "GroupVersionKind", "GroupVersionResource", "PartialObjectMetadata",
        "AdmissionResult", "AdmissionDecision", "FieldError", "FieldErrorReasons", "AdmissionJson",
        "IMutator", "IValidator", "IAdmissionFilter", "PatchBuilder", "PatchMergeKeyAttribute",
        "AdmissionWebhooksBuilder", "MutatingWebhookBuilder", "ValidatingWebhookBuilder", "WebhookBuilder", "HandlerRuleBuilder", "LabelSelectorBuilder", "GuardPolicyBuilder",
        "EnforcementMode", "ErrorPolicy", "UndecodablePolicy", "UnmatchedPolicy", "TooLargePolicy", "FailurePolicy", "MatchPolicy", "ReinvocationPolicy", "SideEffects", "ResourceScope",
        "IClusterLookup", "INamespaceLookup", "LookupResult", "LookupStatus", "NamespaceLabels", "ClusterLookupOptions", "NamespaceLookupOptions",
    ];

    private static readonly Dictionary<string, string> LeftOutTypes = new()
    {
        ["AdmissionFilterDelegate"] = "is called like a method, as the page shows",
        ["UndecodableObjectException"] = "is thrown at handlers, which should not catch it; its members are for logs",
        ["CreateOptions UpdateOptions PodExecOptions PodAttachOptions PodPortForwardOptions PodProxyOptions ServiceProxyOptions NodeProxyOptions"] = "are Kubernetes' own models, with the members of its reference",
        ["JsonPatchOperation"] = "is read in tests only, from an outcome",
        ["WebhookDescriptor HandlerDescriptor ResourceTarget MatchCondition WebhookRegistry WebhookRegistrationException WebhookType GuardPolicy GuardValidation GuardVariable"] = "read what the builders were told",
        ["AdmissionWebhookOptions AdmissionTlsOptions CertificateMode ManagedCertificateOptions AdmissionConnectionOptions DriftOptions RecordingOptions ManifestOptions"] = "are settings of the host, with tables and tests of their own",
        ["AdmissionLint LintFinding LintRule LintSeverity WebhookConfigurationValidator WebhookConfigurations"] = "judge or write a registration; docs/linter.md and docs/deploying.md",
        ["AdmissionEndpointRouteBuilderExtensions AdmissionHealthEndpointRouteBuilderExtensions AdmissionServiceCollectionExtensions AdmissionTlsServiceCollectionExtensions AdmissionWebhooksBuilderExtensions"] = "are of the host; README and docs/existing-hosts.md",
    };

    /// <summary>Members of explained types that no page needs.</summary>
    private static readonly string[] LeftOutMembers = ["Equals", "GetHashCode", "ToString", "operator", "implicit", "<Clone>$"];

    private static readonly string[] Pages = ["handlers.md", "recipes.md", "registration.md", "patching.md", "lookups.md", "operations.md", "guard-policy.md"];

    [Fact]
    public void PublicTypes_AreExplainedOrLeftOutOnPurpose()
    {
        string[] leftOut = [.. LeftOutTypes.Keys.SelectMany(types => types.Split(' '))];
        var types = Members().Select(member => member.Type).Distinct().ToList();

        Assert.Empty(types.Except(Explained).Except(leftOut));
        Assert.Empty(Explained.Concat(leftOut).Except(types));
        Assert.Empty(Explained.Intersect(leftOut));
    }

    [Fact]
    public void PublicMembers_OfExplainedTypes_AreInTheCodeOfAPage()
    {
        var words = Pages.SelectMany(page => CodeWords(File.ReadAllText(Path.Combine(Repository.Root, "docs", page)))).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain("hat", words); // words of the text do not count
        var missing = Members().Where(member => Explained.Contains(member.Type) && member.Name != member.Type && !LeftOutMembers.Contains(member.Name) && !words.Contains(member.Name));
        var list = string.Join(", ", missing.Select(member => $"{member.Type}.{member.Name}").Distinct());
        Assert.True(list.Length == 0, $"Write about these on one of {string.Join(", ", Pages)}: {list}");
    }

    [Fact]
    public void CodeWords_AreThoseInBackticksOnly() =>
        Assert.Equal(["Set", "a", "Deny", "b"], CodeWords("the `Set(a)` of\n```csharp\nDeny(b)\n```\nand Allow").Where(word => word != "csharp"));

    /// <summary>The public members, by the short name of their type; a type itself is a member of the same name.</summary>
    private static IEnumerable<(string Type, string Name)> Members()
    {
        List<string> lines =
        [
            .. from file in new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" }
               from line in File.ReadLines(Path.Combine(Repository.Root, "src", "AdmissionSdk", file))
               where !line.StartsWith('#')
               select Modifiers().Replace(line, ""),
        ];
        var types = lines.Where(line => !line.Contains("->", StringComparison.Ordinal)).ToList();
        foreach (var line in lines)
        {
            var type = types.Where(type => line == type || line.StartsWith($"{type}.", StringComparison.Ordinal)).MaxBy(type => type.Length)!;
            var shortName = type.Split('<')[0].Split('.')[^1];
            yield return (shortName, line == type ? shortName : Member().Match(line[(type.Length + 1)..]).Value);
        }
    }

    private static IEnumerable<string> CodeWords(string markdown) =>
        from Match code in Code().Matches(markdown)
        from Match word in Word().Matches(code.Value)
        select word.Value;

    [GeneratedRegex("^(static|override|const|abstract|virtual) ")]
    private static partial Regex Modifiers();

    [GeneratedRegex(@"^(\w+|<Clone>\$)")]
    private static partial Regex Member();

    [GeneratedRegex("^```.*?^```|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
