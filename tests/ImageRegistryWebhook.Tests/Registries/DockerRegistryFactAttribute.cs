namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>A test that needs a real registry; it is reported as not run where there is none. CI has one and takes that for a failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerRegistryFactAttribute : FactAttribute
{
    public override string? Skip
    {
        get => base.Skip ?? (DockerRegistry.Binary is null ? "needs docker-registry: run `export DOCKER_REGISTRY=$(.ci/docker-registry)` and test again" : null);
        set => base.Skip = value;
    }
}
