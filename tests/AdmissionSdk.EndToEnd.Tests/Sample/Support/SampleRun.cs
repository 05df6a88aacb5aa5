using AdmissionSdk.Testing.ApiServer;
using k8s;

namespace AdmissionSdk.EndToEnd.Tests.Sample.Support;

/// <summary>The reference webhook with a policy of the test's, registered for a namespace of its own.</summary>
internal sealed class SampleRun : IAsyncDisposable
{
    private readonly SampleProcess _process;
    private readonly IAsyncDisposable _installed;
    private readonly string _policyPath;

    private SampleRun(SampleProcess process, IAsyncDisposable installed, string policyPath, IKubernetes client, string @namespace)
    {
        _process = process;
        _installed = installed;
        _policyPath = policyPath;
        Client = client;
        Namespace = @namespace;
    }

    public IKubernetes Client { get; }

    public string Namespace { get; }

    public static async Task<SampleRun> StartAsync(
        KubeApiServerFixture server, string policy, bool workloads = false, IReadOnlyDictionary<string, string>? labels = null)
    {
        var policyPath = Path.Combine(Directory.CreateTempSubdirectory("policy-").FullName, "policy.yaml");
        await File.WriteAllTextAsync(policyPath, policy);
        var @namespace = await server.CreateNamespaceAsync(labels: labels);
        var process = await SampleProcess.StartAsync(
            server.KubeConfigPath,
            [$"--PolicyFile={policyPath}", "--PolicyPollInterval=00:00:01", .. workloads ? (string[])["--Workloads=deny"] : []]);
        var installed = await process.ApplyAsync(server, @namespace, workloads);
        return new SampleRun(process, installed, policyPath, server.Client, @namespace);
    }

    /// <summary>Writes another policy, and waits until the webhook has logged a text.</summary>
    public async Task ChangePolicyAsync(string policy, string untilLog)
    {
        await File.WriteAllTextAsync(_policyPath, policy);
        await _process.WaitForLogAsync(untilLog);
    }

    public async ValueTask DisposeAsync()
    {
        await _installed.DisposeAsync();
        await _process.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_policyPath)!, recursive: true);
    }
}
