using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>The programs on this machine that tests can run against, named by environment variables, and the programs' version.</summary>
internal static class ApiServerEnvironment
{
    public const string AssetsVariable = "KUBEBUILDER_ASSETS";
    public const string ExistingClusterVariable = "USE_EXISTING_CLUSTER";

    private static readonly ConcurrentDictionary<string, Version> Versions = new(StringComparer.Ordinal);

    public static bool UseExistingCluster =>
        Environment.GetEnvironmentVariable(ExistingClusterVariable) is { } value
        && (value == "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));

    public static string EtcdPath(string assets) => Path.Combine(assets, "etcd");

    public static string ApiServerPath(string assets) => Path.Combine(assets, "kube-apiserver");

    /// <summary>Says in one sentence why nothing can be started from a directory; null when the directory holds both programs.</summary>
    public static string? Missing(string assets)
    {
        string[] missing = [.. new[] { EtcdPath(assets), ApiServerPath(assets) }.Where(path => !File.Exists(path)).Select(path => Path.GetFileName(path))];
        return missing.Length == 0
            ? null
            : $"{AssetsVariable} is '{assets}', which does not hold {string.Join(" and ", missing)}.";
    }

    /// <summary>Asks the program for its version, once for each path.</summary>
    public static Version InstalledVersion(string assets) => Versions.GetOrAdd(ApiServerPath(assets), AskForVersion);

    private static Version AskForVersion(string program)
    {
        var start = new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return ApiServerVersion.TryParse(output.Replace("Kubernetes", "", StringComparison.Ordinal))
                ?? throw new KubeApiServerException(
                    $"'{program} --version' exited with {process.ExitCode} and printed '{(output + error.GetAwaiter().GetResult()).Trim()}' in place of 'Kubernetes v1.x.y'. Check that the program is a kube-apiserver.");
        }
        catch (Win32Exception exception)
        {
            throw new KubeApiServerException($"'{program}' cannot be run: {exception.Message}.", exception);
        }
    }
}
