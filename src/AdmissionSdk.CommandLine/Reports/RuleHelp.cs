using System.Reflection;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Explains rules that have no explanation of their own: a webhook or a rule of a policy decides, and the finding's message has the reason.</summary>
internal static class RuleHelp
{
    private const string Package = "https://www.nuget.org/packages/AdmissionSdk.CommandLine";

    private static readonly Dictionary<string, ReportRule> Known = new(StringComparer.Ordinal)
    {
        [Finding.UnreadableRule] = new(
            "Input that could not be judged", "A file, document or object that could not be read or decided. Nothing is known of what it would do in the cluster.", "Correct the place that the message names, or leave the file out with --exclude."),
        ["unread"] = new(
            "Text that kubectl does not read", "kubectl reads one document between two lines of ---, and ignores what follows its end. Other tools may apply it.", "Begin each document with a line of ---."),
        ["items"] = new(
            "An object that is a list for kubectl", "kubectl takes every object with the field items for a list: it creates the items and not the object.", "Name the kind List, or take the items out."),
    };

    /// <summary>The address of the pages about reports and rules.</summary>
    public static string Link { get; } = typeof(RuleHelp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "RepositoryUrl" && Uri.IsWellFormedUriString(metadata.Value, UriKind.Absolute))?.Value ?? Package;

    /// <summary>Finds the explanation of a finding's rule.</summary>
    public static ReportRule Find(Finding finding) => finding.Explanation ?? Known.GetValueOrDefault(finding.Rule)
        ?? new ReportRule($"Decision of {finding.Rule}", $"The webhook or policy rule {finding.Rule} decides about objects like this one when they are created in the cluster.", "Change the object as the message says, or the rule if the rule is wrong.");
}
