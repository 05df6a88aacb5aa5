using System.Text.Json;
using AdmissionSdk.Cel.Kubernetes;
using AdmissionSdk.Cel.Tests.Support;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Tests;

/// <summary>A result that depends on something unknown says so; every other result is as if everything were known.</summary>
/// <remarks>Covers <see cref="PartialMapValue"/>, <see cref="UnknownValue"/>, <see cref="CelMatchConditions"/>, <see cref="CelMatchOutcome"/>, <see cref="CelProgram"/>.</remarks>
public sealed class UnknownInputTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.ForMatchConditions(new Version(1, 37), CelExpressionOrigin.Stored);

    private static readonly JsonElement Object = JsonElement.Parse("""{"metadata": {"name": "web"}, "spec": {"n": 1}}""");

    private static readonly CelInputs Inputs = new()
    {
        Object = Object,
        Request = JsonElement.Parse("""{"operation": "CREATE", "userInfo": {"username": "jane", "groups": ["a"]}, "resource": {"resource": "pods", "version": "v1"}}"""),
        Unknown = new HashSet<string> { "authorizer", "request.userInfo.groups", "request.resource.version", "request.name", "oldObject", "object.metadata.uid" },
    };

    [Theory]
    [InlineData("request.userInfo.username == 'jane'", "true")]
    [InlineData("'a' in request.userInfo.groups", "request.userInfo.groups")]
    [InlineData("has(request.userInfo.groups)", "request.userInfo.groups")]
    [InlineData("request.userInfo.?groups.hasValue()", "request.userInfo.groups")]
    [InlineData("request.userInfo.?groups.orValue([]).size() == 0", "request.userInfo.groups")]
    [InlineData("has(request.userInfo.uid)", "false")]
    [InlineData("has(request.name)", "request.name")]
    [InlineData("request.?name.orValue('x') == 'x'", "request.name")]
    [InlineData("object.metadata.uid == ''", "object.metadata.uid")]
    [InlineData("has(object.metadata.uid)", "object.metadata.uid")]
    [InlineData("'uid' in object.metadata", "object.metadata.uid")]
    [InlineData("'name' in object.metadata", "true")]
    [InlineData("object.metadata.size() == 1", "object.metadata")]
    [InlineData("object == object", "object")]
    [InlineData("object.metadata.all(k, k != 'x')", "object.metadata")]
    [InlineData("object.spec.size() == 1", "true")]
    [InlineData("oldObject == null", "oldObject")]
    [InlineData("oldObject == null || true", "true")]
    [InlineData("false && oldObject == null", "false")]
    [InlineData("oldObject == null ? true : true", "oldObject")]
    [InlineData("oldObject == null || object.absent", "oldObject")]
    [InlineData("object.absent == 1 || oldObject == null", "oldObject")]
    [InlineData("object.absent == 1", "no such key: absent")]
    [InlineData("request.resource.resource == 'pods' && request.resource.version == 'v1'", "request.resource.version")]
    [InlineData("authorizer.path('/').check('get').allowed()", "authorizer")]
    [InlineData("authorizer.requestResource.check('get').allowed()", "authorizer")]
    [InlineData("[1, 2].exists(x, x == 2 || oldObject == null)", "true")]
    [InlineData("[1, 2].all(x, oldObject == null)", "oldObject")]
    public void Evaluate_UnknownInput_IsNeverSilentlyTrueOrFalse(string expression, string expected)
    {
        var result = Environment.Compile(expression).Program!.Evaluate(Inputs);

        Assert.Equal(expected, result.Unknown ?? result.Error ?? result.Value!.ToString());
        Assert.Equal(result.Unknown is null, result.Error != $"{result.Unknown} is not known here" && !(result.Error?.EndsWith(" is not known here", StringComparison.Ordinal) ?? false));
    }

    [Theory]
    [InlineData(null, "b oldObject", "true", "oldObject == null")]
    [InlineData("b", "", "oldObject == null", "false")]
    [InlineData(null, "a oldObject", "oldObject == null", "object.absent == 1")]
    [InlineData(null, "", "true", "object.spec.n == 1")]
    public void Evaluate_Conditions_AFalseOneOutweighsTheUnknown(string? excludedBy, string unknown, string a, string b)
    {
        var outcome = new CelMatchConditions([("a", Environment.Compile(a).Program!), ("b", Environment.Compile(b).Program!)]).Evaluate(Inputs);

        Assert.Equal(excludedBy, outcome.ExcludedBy);
        Assert.Equal(unknown, string.Join(", ", outcome.Unknown.Select(condition => $"{condition.Name} {condition.Path}")));
        Assert.Equal(excludedBy is null && unknown.Length == 0, outcome.Matches);
    }

    [Theory]
    [InlineData("true", "")]
    [InlineData("[1].all(object, object == 1)", "")]
    [InlineData("object.a == request.name && authorizer.requestResource.check('get').allowed() && namespaceObject == null", "authorizer namespaceObject object request")]
    public void Variables_Expression_AreThoseOfTheEnvironment(string expression, string expected) =>
        Assert.Equal(expected, string.Join(' ', Environment.Compile(expression).Program!.Variables.Order(StringComparer.Ordinal)));

    [Fact]
    public void Evaluate_NothingUnknown_AnswersTheAuthorizer() =>
        Assert.Null(Environment.Compile("authorizer.path('/').check('get').allowed() || true").Program!.Evaluate(new CelInputs { Authorizer = new FakeAuthorizer() }).Unknown);
}
