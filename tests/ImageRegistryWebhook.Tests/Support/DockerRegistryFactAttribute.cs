namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A test with a real registry. Without one the test is skipped, and a skipped test fails CI, which has one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerRegistryFactAttribute : FactAttribute
{
    public override string? Skip
    {
        get => base.Skip ?? (DockerRegistry.Binary is null ? "needs docker-registry: run `export DOCKER_REGISTRY=$(.ci/docker-registry)` and test again" : null);
        set => base.Skip = value;
    }
}
