using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Commands;

/// <summary>Reads the policy of a command.</summary>
internal static class PolicySource
{
    /// <summary>Reads a policy file and writes its warnings and errors.</summary>
    /// <returns>The engine; null after errors.</returns>
    public static PolicyEngine? Read(string path, TextWriter error)
    {
        PolicyLoad load;
        try
        {
            var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            load = PolicyReader.Read(File.ReadAllText(path), path, name => File.ReadAllText(Path.Combine(directory, name)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            error.WriteLine($"error: the policy \"{SafeText.ToLine(path)}\" cannot be read: {SafeText.ToLine(exception.Message)}");
            return null;
        }

        foreach (var warning in load.Warnings)
        {
            error.WriteLine(SafeText.ToLogLine($"{warning.File}:{warning.Line}:{warning.Column}: warning: {warning.Message}"));
        }

        foreach (var problem in load.Errors)
        {
            error.WriteLine(SafeText.ToLogLine($"{problem.File}:{problem.Line}:{problem.Column}: error: {problem.Message}"));
        }

        return load.Policy is null ? null : new PolicyEngine(load.Policy);
    }
}
