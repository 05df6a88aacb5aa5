using System.Text;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Serialization;
using BenchmarkDotNet.Attributes;
using k8s.Models;

namespace AdmissionSdk.Benchmarks;

/// <summary>Changes every second key of a ConfigMap. The time for each kilobyte is flat if a look-up takes the same time in objects of any width.</summary>
public class WideMapBenchmarks
{
    private static readonly JsonTypeInfo<V1ConfigMap> Info = (JsonTypeInfo<V1ConfigMap>)ObjectJson.Default.GetTypeInfo(typeof(V1ConfigMap));
    private byte[] _json = [];

    [Params("500 keys", "2000 keys", "8000 keys")]
    public string Object { get; set; } = "";

    public static byte[] Json(string name)
    {
        var keys = int.Parse(name.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes("{\"data\":{" + string.Join(',', Enumerable.Range(0, keys).Select(i => $"\"key-{i}\":\"{new string('v', 200)}\"")) + "}}");
    }

    [GlobalSetup]
    public void Setup() => _json = Json(Object);

    [Benchmark]
    public int EverySecondKey()
    {
        var session = new PatchSession(_json, PatchLimits.Default);
        var view = session.Open(Info);
        foreach (var key in view.Value.Data.Keys.Where((_, i) => i % 2 == 0).ToArray())
        {
            view.Value.Data[key] = new string('w', 200);
        }

        session.Commit(view, view.Value, explicitEdits: null);
        return session.Finish().OperationCount;
    }
}
