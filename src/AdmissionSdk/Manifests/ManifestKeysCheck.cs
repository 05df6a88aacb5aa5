using AdmissionSdk.Configuration;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Manifests;

/// <summary>
/// Finds misspelt keys in <c>AdmissionWebhooks:Manifests</c>. Values are left to the commands, the linter and the drift check, which use them: advice
/// is not worth a pod that does not start.
/// </summary>
internal sealed class ManifestKeysCheck(IConfiguration? configuration = null) : IConfigurationCheck
{
    public IEnumerable<string> Find()
    {
        if (configuration?.GetSection(SectionNames.Manifests) is not { } section)
        {
            return [];
        }

        List<string> problems = [];
        var reader = new SectionReader(section, problems);
        ManifestOptions.Read(reader, "app", out _);
        problems.Clear();
        reader.RefuseUnknown();
        return problems;
    }
}
