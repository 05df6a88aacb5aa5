using System.Text.Json;
using AdmissionSdk.Cel.Kubernetes;
using AdmissionSdk.Cel.Tests.Support;

namespace AdmissionSdk.Cel.Tests;

/// <summary>The libraries by version, the API server's texts, and the outcome of all conditions of a webhook.</summary>
/// <remarks>Covers <see cref="CelEnvironment"/>, <see cref="CelMatchConditions"/>, <see cref="CelMatchOutcome"/>, <see cref="ProgramVariables"/>, <see cref="KubernetesLanguage"/>, <see cref="CelCompilation"/>, <see cref="CelValue"/>, <see cref="CelIssue"/>.</remarks>
public sealed class EnvironmentTests
{
    private static readonly CelEnvironment Newest = CelEnvironment.ForMatchConditions(new Version(1, 37), CelExpressionOrigin.Stored);

    public static TheoryData<string, int, int> Libraries() => new()
    {
        { "isURL('/a')", 25, 99 },
        { "'a'.find('a') == 'a'", 25, 99 },
        { "[1].sum() == 1", 25, 99 },
        { "authorizer.path('/a').check('get').allowed()", 27, 99 },
        { "optional.of(1).hasValue()", 28, 99 },
        { "object.?a.hasValue()", 28, 99 },
        { "isQuantity('1')", 28, 99 },
        { "1 < 2.0", 28, 99 },
        { "'a'.replace('a', 'b') == 'b'", 25, 99 },
        { "'%s'.format(['a']) == 'a'", 29, 99 },
        { "sets.contains([1], [1])", 29, 99 },
        { "isIP('::')", 30, 99 },
        { "isCIDR('::/0')", 30, 99 },
        { "format.uuid().validate('x').hasValue()", 31, 99 },
        { "authorizer.requestResource.fieldSelector('a=b').check('get').allowed()", 31, 99 },
        { "[1].all(i, v, true)", 32, 99 },
        { "isSemver('1.0.0')", 33, 99 },
        { "[1].reverse() == [1]", 34, 99 },
        { "[1].includes(1)", 37, 99 },
        { "cel.bind(x, 1, x == 1)", 99, 99 },
        { "math.abs(1) == 1", 99, 99 },
        { "'ab'.reverse() == 'ba'", 99, 99 },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Compile_IsAcceptedFromItsVersionOn(string expression, int from, int before)
    {
        for (var minor = 25; minor <= 38; minor++)
        {
            var stored = CelEnvironment.ForMatchConditions(new Version(1, minor), CelExpressionOrigin.Stored).Compile(expression);
            var added = CelEnvironment.ForMatchConditions(new Version(1, minor)).Compile(expression);

            Assert.True((minor >= from && minor < before) == stored.Program is not null, $"stored, 1.{minor}: {stored.Message}");
            Assert.True(((minor - 1 >= from || from == 25) && minor - 1 < before) == added.Program is not null, $"new, 1.{minor}: {added.Message}");
        }
    }

    [Fact]
    public void Create_OfAVersionWithoutCel_NamesTheOldest() =>
        Assert.Contains("begins with Kubernetes 1.25", Assert.Throws<ArgumentOutOfRangeException>(() => CelEnvironment.ForMatchConditions(new Version(1, 20))).Message, StringComparison.Ordinal);

    [Fact]
    public void Message_OfIssues_IsTheApiServers()
    {
        Assert.StartsWith("compilation failed: ERROR: <input>:2:2: undeclared reference to 'foo' (in container '')\n |  foo && x\n | .^\nERROR: <input>:2:9: undeclared reference to 'x'", Newest.Compile("true &&\n\tfoo && x").Message, StringComparison.Ordinal);
        Assert.StartsWith("compilation failed: ERROR: <input>:1:1: undeclared reference to 'foo' (in container '')\n | foo\n | ^", Newest.Compile("foo").Message, StringComparison.Ordinal);
        Assert.StartsWith("compilation failed: ERROR: <input>:1:7: undeclared reference to 'x' (in container '')\n | '\u00e9' + x\n | .\uFF0E....^", Newest.Compile("'\u00e9' + x").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("object.spec.x", "must evaluate to bool but got dyn")]
    [InlineData("1", "must evaluate to bool but got int")]
    [InlineData("[1]", "must evaluate to bool but got list(int)")]
    public void Compile_OfAnotherType_IsRefused(string expression, string message) => Assert.Equal(message, Newest.Compile(expression).Message);

    [Fact]
    public void Variables_OfAPolicy_AreTypedAndLazy()
    {
        var environment = CelEnvironment.ForAdmissionPolicies(new Version(1, 36), CelExpressionOrigin.Stored);
        environment = environment.WithVariable("names", environment.CompileAny("object.items.map(i, i.name)").Program!);
        environment = environment.WithVariable("broken", environment.CompileAny("object.missing").Program!);
        using var json = JsonDocument.Parse("""{"items": [{"name": "a"}]}""");
        var inputs = new CelInputs { Object = json.RootElement };

        var result = environment.Compile("variables.names.exists(n, n == 'a') || variables.broken").Program!.Evaluate(inputs);

        Assert.Equal("true", result.Value!.ToString());
        Assert.Equal("composited variable \"broken\" fails to evaluate: no such key: missing", environment.Compile("variables.broken == 1").Program!.Evaluate(inputs).Error);
        Assert.StartsWith("compilation failed: ERROR: <input>:1:10: undefined field 'nope'", environment.Compile("variables.nope == 1").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true|object.n == 1", null, 0)]
    [InlineData("object.n == 1|object.n == 2|object.n == 3", "c1", 0)]
    [InlineData("object.missing == 1|object.n == 2", "c1", 0)]
    [InlineData("object.missing == 1|true|object.gone", null, 2)]
    public void Conditions_HaveTheApiServersOutcome(string expressions, string? excludedBy, int errors)
    {
        using var json = JsonDocument.Parse("""{"n": 1}""");
        var conditions = new CelMatchConditions(expressions.Split('|').Select((expression, index) => ($"c{index}", Newest.CompileAny(expression).Program!)));

        var outcome = conditions.Evaluate(new CelInputs { Object = json.RootElement });

        Assert.Equal(excludedBy, outcome.ExcludedBy);
        Assert.Equal(errors, outcome.Errors.Count);
        Assert.Equal(excludedBy is null && errors == 0, outcome.Matches);
        if (errors == 2)
        {
            Assert.Equal("[expression 'object.missing == 1' resulted in error: no such key: missing, expression 'object.gone' resulted in error: no such key: gone]", outcome.ErrorText());
        }
    }

    [Fact]
    public void Conditions_OverTheirBudget_EndWithTheApiServersText()
    {
        var program = Newest.Compile("authorizer.group('').resource('pods').check('get').allowed() && authorizer.group('').resource('pods').check('list').allowed()").Program!;
        var conditions = new CelMatchConditions(Enumerable.Range(0, 4).Select(index => ($"c{index}", program)));

        var outcome = conditions.Evaluate(new CelInputs { Authorizer = new FakeAuthorizer() });

        Assert.Equal("validation failed due to running out of cost budget, no further validation rules will be run", outcome.ErrorText());
    }

    [Fact]
    public void Authorizer_ThatIsNotGiven_IsAnError() =>
        Assert.Equal("no such attribute(s): authorizer", Newest.Compile("authorizer.path('/a').check('get').allowed()").Program!.Evaluate(new CelInputs()).Error);
}
