using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Serialization;
using BenchmarkDotNet.Attributes;
using k8s.Models;

namespace AdmissionSdk.Benchmarks;

/// <summary>Measures the way from the object's bytes to the patch's bytes: decode, edit, find the edit, patch, check. HTTP and the review are left out.</summary>
public class PatchBenchmarks
{
    private static readonly JsonTypeInfo<V1Pod> PodInfo = (JsonTypeInfo<V1Pod>)ObjectJson.Default.GetTypeInfo(typeof(V1Pod));
    private byte[] _json = [];

    [Params("2 KB", "10 KB", "1 MB")]
    public string Object { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _json = RecordedPods.Json(Object);

    /// <summary>Decodes the typed pod, which every handler needs, without a patch.</summary>
    [Benchmark]
    public object DecodeOnly() => System.Text.Json.JsonSerializer.Deserialize(_json, PodInfo)!;

    [Benchmark]
    public int NoEdit() => Run(_ => { });

    [Benchmark]
    public int OneField() => Run(pod => pod.Spec.Containers[0].Image = "registry.example.com/" + pod.Spec.Containers[0].Image);

    [Benchmark]
    public int InsertAtHead() => Run(pod => pod.Spec.Containers.Insert(0, new V1Container { Name = "sidecar", Image = "sidecar:1" }));

    private int Run(Action<V1Pod> edit)
    {
        var session = new PatchSession(_json, PatchLimits.Default);
        var view = session.Open(PodInfo);
        edit(view.Value);
        session.Commit(view, view.Value, explicitEdits: null);
        return session.Finish().OperationCount;
    }
}
