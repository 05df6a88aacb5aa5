using System.CommandLine;
using AdmissionSdk.CommandLine.Inputs;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Writes the summary of the input: into a report for people, and beside anything else if an object was not judged.</summary>
internal static class SummaryLine
{
    public static void Write(ParseResult parsed, bool isText, ManifestSource source)
    {
        if (isText || source.HasUnjudged)
        {
            (isText ? parsed.InvocationConfiguration.Output : parsed.InvocationConfiguration.Error).WriteLine(source.Summary);
        }
    }
}
