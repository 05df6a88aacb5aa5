using System.Text;
using System.Text.Json;
using AdmissionSdk.Cel.Evaluation;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Tests.Support;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Tests;

/// <summary>Nothing that an expression says makes the evaluator run without end, out of memory, or out of its stack.</summary>
/// <remarks>Covers <see cref="Effort"/>, <see cref="Parser"/>, <see cref="ExprFactory"/>, <see cref="EvalPlan"/>, <see cref="LoneSurrogates"/>.</remarks>
public sealed class BoundsTests
{
    private const string Marks = "()[]{}.?:,!-+*/%<>=&|'\"\\0123456789abux \n";

    private static readonly CelEnvironment Environment = CelEnvironment.ForAdmissionPolicies(new Version(1, 37), CelExpressionOrigin.Stored);

    public static TheoryData<string> Nested() =>
    [
        new string('(', 300) + "1" + new string(')', 300),
        new string('[', 300) + new string(']', 300),
        string.Concat(Enumerable.Repeat("[", 5000)),
        string.Concat(Enumerable.Repeat("{'a':", 300)) + "1" + new string('}', 300),
        "1" + string.Concat(Enumerable.Repeat("+1", 300)),
        "1" + string.Concat(Enumerable.Repeat("==1", 300)),
        "object" + string.Concat(Enumerable.Repeat(".a", 300)),
        "object" + string.Concat(Enumerable.Repeat("[0]", 300)),
        string.Concat(Enumerable.Repeat("true ? 1 : ", 300)) + "1",
        string.Concat(Enumerable.Repeat("size(", 300)) + "''" + new string(')', 300),
    ];

    [Theory]
    [MemberData(nameof(Nested))]
    public void Compile_DeeperThan250_IsRefused(string expression)
    {
        var compilation = Environment.CompileAny(expression);

        Assert.Null(compilation.Program);
        Assert.Contains(compilation.Issues, issue => issue.Message is "expression recursion limit exceeded: 250" or "max recursion depth exceeded");
    }

    [Fact]
    public void Compile_ManyTermsOfLogic_IsFine()
    {
        var expression = string.Join(" && ", Enumerable.Repeat("true", 5000));

        Assert.Null(Environment.CompileAny(expression).Message);
    }

    [Fact]
    public void Compile_MoreThan100000CodePoints_IsRefused() =>
        Assert.StartsWith("expression code point size exceeds limit: size: 100002, limit 100000", Environment.CompileAny("'" + new string('x', 100_000) + "'").Issues[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Compile_NestedOptMaps_WhichDoubleEachTime_AreRefused()
    {
        var expression = "optional.of(1)" + string.Concat(Enumerable.Repeat(".optMap(x, x)", 60));

        Assert.Contains(Environment.CompileAny(expression).Issues, issue => issue.Message.StartsWith("expression is too large", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(a, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(b, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(c, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(d, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(e, [a, b, c, d, e])))))")]
    [InlineData("[[1]].map(a, a + a)|60|.all(l, l.filter(x, false).size() == 0)")]
    [InlineData("[[1]].map(a, [a, a])|60|.all(l, l == l.map(x, x))")]
    [InlineData("[[1]].map(a, [a, a])|60|.all(l, '%s'.format([l]) == '')")]
    [InlineData("['aaaaaaaaaa'].map(a, a + a)|60|.size() == 1")]
    [InlineData("lists.range(1000000000000).size() == 0")]
    public void Evaluate_OverTheCostLimit_EndsWithTheError(string template)
    {
        // A|n|B stands for A with its loop repeated n times, and B.
        var parts = template.Split('|');
        var loop = parts[0].IndexOf(".map(", StringComparison.Ordinal);
        var expression = parts.Length == 3 ? parts[0][..loop] + string.Concat(Enumerable.Repeat(parts[0][loop..], int.Parse(parts[1]))) + parts[2] : template;

        var result = Environment.CompileAny(expression).Program!.Evaluate(new CelInputs());

        Assert.Equal("operation cancelled: actual cost limit exceeded", result.Error);
    }

    [Fact]
    public void Evaluate_Cancelled_EndsWithTheError()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        var result = Environment.CompileAny("lists.range(1000).all(x, x >= 0)").Program!.Evaluate(new CelInputs(), cancelled.Token);

        Assert.Equal("operation interrupted", result.Error);
    }

    [Fact]
    public void Compile_AndEvaluate_AtTheLimitOfNesting_FitASmallStack()
    {
        var expression = string.Concat(Enumerable.Repeat("[1].all(x, ", 120)) + "true" + new string(')', 120);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Assert.Null(Environment.CompileAny(expression).Program?.Evaluate(new CelInputs()).Error)), 512 * 1024);
        thread.Start();
        thread.Join();

        Assert.Null(failure);
    }

    [Fact]
    public void Evaluate_JsonWithHalfASurrogatePair_ReadsItAsGoDoes()
    {
        using var json = JsonDocument.Parse("""{"a": "x\ud800y\ud83d\ude00"}""");

        Assert.True(Environment.CompileAny("object.a == 'x\\uFFFDy\\U0001F600'").Program!.Evaluate(new CelInputs { Object = json.RootElement }).Value!.TryGetBoolean(out var equal) && equal);
    }

    [Fact]
    public void Fuzz_RandomAndMutatedExpressions_NeverThrow_AndKeepTheCostLimit()
    {
        var seconds = int.Parse(System.Environment.GetEnvironmentVariable("CEL_FUZZ_SECONDS") ?? "0");
        var seed = seconds > 0 ? System.Environment.TickCount : 4711;
        var random = new Random(seed);
        var corpus = Rows.Read("kubernetes.txt").Concat(Rows.Read("language.txt")).Select(row => (string)row[1]).ToList();
        using var json = JsonDocument.Parse("""{"metadata": {"name": "web", "labels": {"a": "b"}}, "spec": {"n": 5, "items": [1, 2, 3], "containers": [{"image": "nginx"}]}}""");
        var inputs = new CelInputs { Object = json.RootElement, Request = json.RootElement, Params = json.RootElement, Authorizer = new FakeAuthorizer() };
        var end = System.Environment.TickCount64 + (seconds * 1000L);
        var (tries, compiled) = (0, 0);
        while (tries < 3000 || System.Environment.TickCount64 < end)
        {
            tries++;
            var expression = Mutate(corpus, random);
            try
            {
                if (Environment.CompileAny(expression).Program is { } program)
                {
                    compiled++;
                    var result = program.Evaluate(inputs);
                    Assert.True(result.Cost <= CelProgram.CostLimit * 11 / 10 || result.Error is not null, $"cost {result.Cost}: {expression}");
                    corpus.Add(expression);
                }
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, try {tries}: {expression}\n{exception}");
            }
        }

        if (System.Environment.GetEnvironmentVariable("CEL_FUZZ_REPORT") is { } report)
        {
            File.WriteAllText(report, $"seed {seed}: {tries} expressions, {compiled} compiled");
        }

        Assert.True(compiled > 100, $"Only {compiled} of {tries} expressions compiled.");
    }

    private static string Mutate(List<string> corpus, Random random)
    {
        var text = new StringBuilder(corpus[random.Next(corpus.Count)]);
        for (var edits = random.Next(4); edits > 0 && text.Length > 0; edits--)
        {
            var at = random.Next(text.Length);
            var other = corpus[random.Next(corpus.Count)];
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 5), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Marks[random.Next(Marks.Length)]);
                    break;
                case 2:
                    text.Insert(at, other[random.Next(other.Length)..]);
                    break;
                case 3:
                    text.Insert(0, "(").Append(") == (").Append(other).Append(')');
                    break;
                case 4:
                    text.Insert(0, "[").Append(", ").Append(other).Append("].map(x, [x, x])");
                    break;
                default:
                    text.Append(" || ").Append(other);
                    break;
            }
        }

        return text.Length > 4000 ? text.ToString(0, 4000) : text.ToString();
    }
}
