using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// The label on every object that the fixture makes in a cluster. The label's value names the process, so that a later run knows the leftovers
/// of a killed run and does not take the objects of a running one.
/// </summary>
internal static partial class OwnLabel
{
    public const string Key = "admission-sdk-test";

    // The fixture cannot ask for processes of other machines, and a test run is shorter than two hours.
    private static readonly TimeSpan TooOld = TimeSpan.FromHours(2);

    private static readonly string Machine = NotInLabels().Replace(Environment.MachineName, "-") is { Length: <= 30 } name ? name : "machine";

    /// <summary>Names this process: machine, id and start time, since ids come again.</summary>
    public static string Value { get; } = ValueOf(Process.GetCurrentProcess());

    public static void Set(V1ObjectMeta metadata) =>
        metadata.Labels = new Dictionary<string, string>(metadata.Labels ?? new Dictionary<string, string>()) { [Key] = Value };

    public static bool IsOn(V1ObjectMeta metadata) => metadata.Labels?.ContainsKey(Key) ?? false;

    /// <summary>Tells whether the process that made the object is gone.</summary>
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
