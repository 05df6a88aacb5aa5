using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// The label on everything that the fixture makes in a cluster. Its value names the process, so that a later run knows what a killed one left
/// behind and does not take it from one that is still running.
/// </summary>
internal static partial class OwnLabel
{
    public const string Key = "admission-sdk-test";

    // Processes of other machines cannot be asked; no test run takes as long.
    private static readonly TimeSpan TooOld = TimeSpan.FromHours(2);

    private static readonly string Machine = NotInLabels().Replace(Environment.MachineName, "-") is { Length: <= 30 } name ? name : "machine";

    /// <summary>This process: machine, id, and when it started, since ids come again.</summary>
    public static string Value { get; } = ValueOf(Process.GetCurrentProcess());

    public static void Set(V1ObjectMeta metadata) =>
        metadata.Labels = new Dictionary<string, string>(metadata.Labels ?? new Dictionary<string, string>()) { [Key] = Value };

    public static bool IsOn(V1ObjectMeta metadata) => metadata.Labels?.ContainsKey(Key) ?? false;

    /// <summary>Whether the process that made the object is gone.</summary>
    public static bool IsLeftover(V1ObjectMeta metadata, DateTimeOffset now)
    {
        if (metadata.Labels is null || !metadata.Labels.TryGetValue(Key, out var value) || metadata.DeletionTimestamp is not null)
        {
            return false;
        }

        var isOld = metadata.CreationTimestamp is { } created && now - new DateTimeOffset(created.ToUniversalTime()) > TooOld;
        return isOld || (value.Split('.') is [var machine, var id, _] && machine == $"m{Machine}m" && !IsRunning(id, value));
    }

    private static bool IsRunning(string id, string value)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            return ValueOf(process) == value;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string ValueOf(Process process) =>
        string.Create(CultureInfo.InvariantCulture, $"m{Machine}m.{process.Id}.{new DateTimeOffset(process.StartTime).ToUnixTimeSeconds()}");

    [GeneratedRegex("[^A-Za-z0-9-]")]
    private static partial Regex NotInLabels();
}
