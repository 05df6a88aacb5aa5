using AdmissionSdk.Manifests;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Checks the names from which all other names are made. A name without dots cannot make a configuration end in .static.k8s.io (contract 18.2).</summary>
internal static class TargetValidator
{
    private const int LongestLabel = 63;

    public static void Check(ManifestOptions target)
    {
        List<string> problems = [];
        foreach (var (option, value, beginsWithLetter) in new[] { ("--app", target.App, true), ("--namespace", target.Namespace, false), ("--service", target.ServiceName, true) })
        {
            // Names of Services, and of objects with the name of the application, begin with a letter; namespaces may begin with a digit.
            var begins = value.Length > 0 && (char.IsAsciiLetterLower(value[0]) || (!beginsWithLetter && char.IsAsciiDigit(value[0])));
            if (!begins || value.Length > LongestLabel || value[^1] == '-' || !value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                problems.Add($"{option} is '{value}': use at most {LongestLabel} lower-case letters, digits and '-', beginning with a letter{(beginsWithLetter ? "" : " or digit")}.");
            }
        }

        CommandException.ThrowIfAny(problems);
    }
}
