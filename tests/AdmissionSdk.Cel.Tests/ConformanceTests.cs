using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Compilation;
using AdmissionSdk.Cel.Tests.Support;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Tests;

/// <summary>The simple conformance tests of cel-spec, from a folder of its files: <c>CEL_SPEC=…/tests/simple/testdata dotnet test tests/AdmissionSdk.Cel.Tests --filter Conformance</c> writes the counts to <c>CEL_SPEC_REPORT</c>. Without the folder, two tests of the same form.</summary>
/// <remarks>Covers <see cref="ExpressionCompiler"/>, <see cref="ExpressionLanguage"/>.</remarks>
public sealed class ConformanceTests
{
    // Protocol buffers are out of scope: messages, enums, wrappers, their fields; and what the tests of other tools need. Tests without the checker are too.
    private static readonly string[] OutOfScope = ["proto2", "proto3", "proto2_ext", "enums", "wrappers", "dynamic", "block_ext", "encoders_ext", "unknowns"];

    private const string Sample = """
        name: "sample"
        section { name: "one"
          test { name: "sum" expr: "x + 2" type_env { name: "x" ident { type { primitive: INT64 } } } bindings { key: "x" value { value { int64_value: 1 } } } value { int64_value: 3 } }
          test { name: "error" expr: "1 / 0" eval_error { errors { message: "divide by zero" } } }
        }
        """;

    [Fact]
    public void CelSpec_Agrees()
    {
        var folder = Environment.GetEnvironmentVariable("CEL_SPEC");
        var files = folder is null ? [("sample", Sample)] : Directory.GetFiles(folder, "*.textproto").Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));
        var report = new List<string>();
        var failures = new List<string>();
        var (agreed, skipped) = (0, 0);
        foreach (var (name, text) in files)
        {
            var (good, bad, outside) = Run(name, text);
            report.Add($"{name}: {good} agree, {bad.Count} differ, {outside} are out of scope");
            failures.AddRange(bad);
            (agreed, skipped) = (agreed + good, skipped + outside);
        }

        report.Add($"all: {agreed} agree, {failures.Count} differ, {skipped} are out of scope");
        if (Environment.GetEnvironmentVariable("CEL_SPEC_REPORT") is { } file)
        {
            File.WriteAllLines(file, [.. report, .. failures]);
        }

        Assert.Equal(folder is null ? 2 : agreed, agreed);
        Assert.True(folder is not null || failures.Count == 0, string.Join(Environment.NewLine, failures));
    }

    private static (int Good, List<string> Bad, int Outside) Run(string file, string text)
    {
        var (good, outside) = (0, 0);
        var bad = new List<string>();
        foreach (var section in TextProto.Parse(text).Messages("section"))
        {
            foreach (var test in section.Messages("test"))
            {
                var outcome = OutOfScope.Contains(file) || IsOutOfScope(test) ? null : Outcome(test);
                if (outcome is null)
                {
                    outside++;
                }
                else if (outcome.Length == 0)
                {
                    good++;
                }
                else
                {
                    bad.Add($"{file}/{section.Text("name")}/{test.Text("name")}: {Utf8(test.Text("expr"))} => {outcome}");
                }
            }
        }

        return (good, bad, outside);
    }

    private static bool IsOutOfScope(TextProto test)
    {
        var expr = test.Text("expr")!;
        // Kubernetes checks every expression; what would run without is beyond it.
        return test.Text("disable_check") == "true" || expr.Contains("TestAllTypes", StringComparison.Ordinal) || expr.Contains("google.protobuf", StringComparison.Ordinal) || expr.Contains("proto.", StringComparison.Ordinal) || expr.Contains("GlobalEnum", StringComparison.Ordinal);
    }

    /// <summary>Empty if the outcome is as written, null if the test needs protocol buffers, otherwise what differs.</summary>
    private static string? Outcome(TextProto test)
    {
        var variables = new List<Variable>();
        foreach (var declaration in test.Messages("type_env"))
        {
            if (declaration.Message("function") is not null)
            {
                return null;
            }

            if (SpecValue.ReadType(declaration.Message("ident")!.Message("type")!) is not { } type)
            {
                return null;
            }

            variables.Add(TestLanguage.Variable(declaration.Text("name")!, type));
        }

        var values = new Dictionary<string, CelValue>(StringComparer.Ordinal);
        foreach (var binding in test.Messages("bindings"))
        {
            if (SpecValue.Read(binding.Message("value")!.Message("value")!) is not { } value)
            {
                return null;
            }

            values[binding.Text("key")!] = value;
            if (!variables.Exists(variable => variable.Name == binding.Text("key")))
            {
                variables.Add(TestLanguage.Variable(binding.Text("key")!, Types.CelType.Dyn));
            }
        }

        var expected = test.Message("value") ?? test.Message("typed_result")?.Message("result");
        var wanted = expected is null ? (CelValue?)BoolValue.True : SpecValue.Read(expected);
        var fails = test.Has("eval_error") || test.Has("any_eval_errors");
        if (wanted is null && !fails)
        {
            return null;
        }

        var compiled = ExpressionCompiler.Compile(Utf8(test.Text("expr"))!, TestLanguage.Create(variables, test.Text("container") ?? ""));
        if (compiled.Plan is null)
        {
            return fails ? "" : "does not compile: " + compiled.Issues[0];
        }

        if (test.Message("typed_result")?.Message("deduced_type") is { } deduced && SpecValue.ReadType(deduced) is { } deducedType && !Same(deducedType, compiled.Checked!.Type))
        {
            return $"type {compiled.Checked.Type}, not {deducedType}";
        }

        if (test.Text("check_only") == "true")
        {
            return "";
        }

        var (result, _) = compiled.Plan.Run(new TestLanguage.Values(values), 0, CancellationToken.None);
        return fails ? (result.IsError ? "" : $"{result}, not an error") : Equal(result, wanted!) ? "" : $"{result} ({result.TypeName}), not {wanted} ({wanted!.TypeName})";
    }

    private static bool Same(Types.CelType left, Types.CelType right) => left.ToString() == right.ToString();

    private static bool Equal(CelValue result, CelValue wanted) =>
        result.TypeName == wanted.TypeName && (result.EqualTo(wanted) || (result is DoubleValue { Value: double.NaN } && wanted is DoubleValue { Value: double.NaN }));

    private static string? Utf8(string? text) => text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(text));
}
