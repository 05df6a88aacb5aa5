using AdmissionSdk.Cel;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.EndToEnd.Tests.ApiServer;

/// <summary>The real API server as a checker of expressions, and our compiler beside it: the same verdict, and the same text.</summary>
/// <remarks>Covers <see cref="ExpressionProbe"/>, <see cref="CelEnvironment"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class ExpressionProbeTests(ApiServerSession session)
{
    [ApiServerTheory(MinVersion = "1.28")]
    [InlineData("object.metadata.name != 'x'")]
    [InlineData("request.operation == 'CREATE' || has(object.spec)")]
    [InlineData("object.spec")]
    [InlineData("request.name")]
    [InlineData("objct.spec == 1")]
    [InlineData("request.uid == ''")]
    [InlineData("params == null")]
    [InlineData("request.name == 1")]
    [InlineData("true &&\n  objct.x")]
    [InlineData("request.name.matches('[[:]al.pha:]]+')")]
    [InlineData("request.name.matches('[[:alpha:]]+')")]
    [InlineData("object.spec.containers.all(c, c.image.startWith('x'))")]
    [InlineData("1 in [1, 'a']")]
    [InlineData("math.greatest(1, 2) == 2")]
    public async Task CheckMatchCondition_Expression_GivesTheVerdictOfOurCompiler(string expression)
    {
        var ours = CelEnvironment.ForMatchConditions(new Version(session.Server.Version.Major, session.Server.Version.Minor)).Compile(expression).Message;

        var theirs = await session.Server.CheckMatchConditionAsync(expression);

        Assert.Equal(ours is null, theirs is null);
        Assert.EndsWith(ours ?? "", theirs ?? "", StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task CheckMatchCondition_OldServer_SaysWhichOneIsNeeded()
    {
        var thrown = await Record.ExceptionAsync(() => session.Server.CheckMatchConditionAsync("true"));

        Assert.Equal(session.Server.Version < new Version(1, 28), thrown is KubeApiServerException exception && exception.Message.Contains("match conditions begin with 1.28", StringComparison.Ordinal));
    }
}
