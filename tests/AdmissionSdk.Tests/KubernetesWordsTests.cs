namespace AdmissionSdk.Tests;

/// <summary>The value types over Kubernetes' words: equal by their text, and printed as Kubernetes prints them.</summary>
/// <remarks>Covers <see cref="GroupVersionKind"/>, <see cref="GroupVersionResource"/>, <see cref="Operation"/>.</remarks>
public sealed class KubernetesWordsTests
{
    [Fact]
    public void GroupVersionKind_OfTheSameText_IsEqual()
    {
        var kind = new GroupVersionKind("apps", "v1", "Deployment");

        Assert.True(kind == new GroupVersionKind("apps", "v1", "Deployment"));
        Assert.True(kind != new GroupVersionKind("apps", "v1", "DaemonSet"));
        Assert.True(kind != new GroupVersionKind("apps", "v2", "Deployment"));
        Assert.True(kind != new GroupVersionKind("", "v1", "Deployment"));
        Assert.Single(new HashSet<GroupVersionKind> { kind, new("apps", "v1", "Deployment") });
        Assert.False(kind.Equals("apps/v1, Kind=Deployment"));
    }

    [Fact]
    public void GroupVersionResource_OfTheSameText_IsEqual()
    {
        var resource = new GroupVersionResource("apps", "v1", "deployments");

        Assert.True(resource == new GroupVersionResource("apps", "v1", "deployments"));
        Assert.True(resource != new GroupVersionResource("apps", "v1", "daemonsets"));
        Assert.True(resource != new GroupVersionResource("apps", "v2", "deployments"));
        Assert.True(resource != new GroupVersionResource("", "v1", "deployments"));
        Assert.Single(new HashSet<GroupVersionResource> { resource, new("apps", "v1", "deployments") });
        Assert.False(resource.Equals("apps/v1/deployments"));
    }

    [Fact]
    public void Operation_OfTheSameText_IsEqual()
    {
        Assert.True(Operation.Create == new Operation("CREATE"));
        Assert.True(Operation.Create != Operation.Update);
        Assert.Single(new HashSet<Operation> { Operation.Delete, new("DELETE") });
        Assert.False(Operation.Connect.Equals("CONNECT"));
    }

    [Fact]
    public void ToString_IsWhatKubernetesPrints()
    {
        Assert.Equal("apps/v1, Kind=Deployment", new GroupVersionKind("apps", "v1", "Deployment").ToString());
        Assert.Equal("v1, Kind=Pod", new GroupVersionKind("", "v1", "Pod").ToString());
        Assert.Equal("apps/v1/deployments", new GroupVersionResource("apps", "v1", "deployments").ToString());
        Assert.Equal("v1/pods", new GroupVersionResource("", "v1", "pods").ToString());
        Assert.Equal("CREATE", Operation.Create.ToString());
    }
}
