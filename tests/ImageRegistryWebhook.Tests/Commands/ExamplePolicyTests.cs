using ImageRegistryWebhook.Commands;

namespace ImageRegistryWebhook.Tests.Commands;

public sealed class ExamplePolicyTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "policies");

    public static TheoryData<string> Examples => [.. Directory.GetDirectories(Root).Select(directory => Path.GetFileName(directory)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Examples_AreThere() => Assert.Equal(6, Examples.Count);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Check_ExamplePolicy_DecidesAsExpected(string name)
    {
        var directory = Path.Combine(Root, name);
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var manifests = Path.Combine(directory, "manifests.yaml");

        ImageCommandLine.Run(["check", "--policy", Path.Combine(directory, "policy.yaml"), manifests], null, output, error);

        Assert.Empty(error.ToString());
        Assert.Equal(File.ReadAllText(Path.Combine(directory, "expected.txt")), output.ToString().Replace(manifests, "manifests.yaml", StringComparison.Ordinal));
    }
}
