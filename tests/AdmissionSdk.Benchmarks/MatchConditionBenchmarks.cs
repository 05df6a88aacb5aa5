using System.Text.Json;
using AdmissionSdk.Cel;
using BenchmarkDotNet.Attributes;

namespace AdmissionSdk.Benchmarks;

/// <summary>Match conditions on a pod of 10 KB, after compilation. The goal is 20 microseconds.</summary>
public class MatchConditionBenchmarks
{
    private static readonly CelEnvironment Environment = CelEnvironment.ForMatchConditions(new Version(1, 36), CelExpressionOrigin.Stored);

    private CelProgram _program = null!;
    private CelInputs _inputs = null!;

    [Params(
        "object.metadata.namespace != 'kube-system'",
        "!has(object.metadata.labels) || !('skip' in object.metadata.labels)",
        "object.spec.containers.all(c, c.image.startsWith('registry.example.com/'))",
        "object.spec.containers.exists(c, c.image.matches('^nginx:[0-9.]+$')) || object.spec.containers.size() > 0")]
    public string Expression { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _program = Environment.Compile(Expression).Program!;
        _inputs = new CelInputs { Object = JsonDocument.Parse(RecordedPods.Json("10 KB")).RootElement };
    }

    [Benchmark]
    public CelResult Evaluate() => _program.Evaluate(_inputs);
}
