using System.Text.Json.Nodes;
using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>The audit log of the session's API server, for the annotations that webhooks make.</summary>
public sealed class AuditLog : IDisposable
{
    private const int Tries = 200;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("admission-sdk-audit-");

    // The API server notes patches only at the level Request.
    private const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: None
          users: ["system:apiserver"]
        - level: None
          verbs: ["get", "list", "watch"]
        - level: Request
        """;

    private string LogPath => Path.Combine(_directory.FullName, "audit.log");

    public void Configure(KubeApiServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var policy = Path.Combine(_directory.FullName, "policy.yaml");
        File.WriteAllText(policy, Policy);
        options.ApiServerArguments.Add($"--audit-policy-file={policy}");
        options.ApiServerArguments.Add($"--audit-log-path={LogPath}");
    }

    /// <summary>Reads a request's annotations of webhooks, in order. The API server writes the entry at about the time of the response.</summary>
    public async Task<IReadOnlyList<string>> AnnotationsAsync(string auditId)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (Find(auditId) is { } entry)
            {
                return [.. (entry["annotations"] as JsonObject ?? []).Where(item => IsOfWebhooks(item.Key)).Select(item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal)];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        throw new InvalidOperationException($"The audit log has no entry {auditId}.");
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static bool IsOfWebhooks(string key) =>
        key.Contains("webhook.admission.k8s.io/", StringComparison.Ordinal) || key.Contains(".agreement.example.com/", StringComparison.Ordinal);

    private JsonObject? Find(string auditId)
    {
        if (!File.Exists(LogPath))
        {
            return null;
        }

        using var reader = new StreamReader(new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            if (line.EndsWith('}') && line.Contains(auditId, StringComparison.Ordinal) && JsonNode.Parse(line) is JsonObject entry && (string?)entry["stage"] == "ResponseComplete")
            {
                return entry;
            }
        }

        return null;
    }
}
