namespace AdmissionSdk.Testing;

/// <summary>Describes the review of a context made by <see cref="TestContexts"/>. Everything has a default.</summary>
public sealed class TestContextOptions
{
    /// <summary>The operation.</summary>
    /// <value>The default is CREATE. On DELETE the object is the one being deleted, as always.</value>
    public Operation Operation { get; set; } = Operation.Create;

    /// <summary>The object as it is stored, of the same type as the object.</summary>
    /// <value>The default is null.</value>
    public object? OldObject { get; set; }

    /// <summary>The user whose request is reviewed.</summary>
    /// <value>The default is a user without a name.</value>
    public UserInfo User { get; set; } = UserInfo.Unknown;

    /// <summary>True for a dry run.</summary>
    /// <value>The default is false.</value>
    public bool DryRun { get; set; }

    /// <summary>The name of the webhook.</summary>
    /// <value>The default is <c>webhook.test.example.com</c>.</value>
    public string Webhook { get; set; } = "webhook.test.example.com";

    /// <summary>The id of the exchange.</summary>
    /// <value>The default is <c>test</c>.</value>
    public string Uid { get; set; } = "test";

    /// <summary>The kind.</summary>
    /// <value>The default is null: the one on KubernetesClient's attribute of the object's type, else the object's own.</value>
    public GroupVersionKind? Kind { get; set; }

    /// <summary>The resource.</summary>
    /// <value>The default is null: the one on KubernetesClient's attribute of the object's type, or pods, services or nodes for the options of a connection.</value>
    public GroupVersionResource? Resource { get; set; }

    /// <summary>The subresource.</summary>
    /// <value>The default is empty: for the options of a connection their subresource, such as exec for <see cref="Models.PodExecOptions"/>, otherwise none.</value>
    public string Subresource { get; set; } = "";

    /// <summary>The name.</summary>
    /// <value>The default is null: the object's own.</value>
    public string? Name { get; set; }

    /// <summary>The namespace.</summary>
    /// <value>The default is null: the object's own.</value>
    public string? Namespace { get; set; }

    /// <summary>The operation's options, such as <see cref="Models.CreateOptions"/>.</summary>
    /// <value>The default is null.</value>
    public object? Options { get; set; }

    /// <summary>The services of the review's scope.</summary>
    /// <value>The default is null: no services.</value>
    public IServiceProvider? Services { get; set; }

    /// <summary>The reader and writer of objects, such as the application's own for types that are read by a <c>JsonSerializerContext</c>.</summary>
    /// <value>The default is null: the one of <see cref="Services"/>, else <see cref="AdmissionJson.Default"/>.</value>
    public AdmissionJson? Json { get; set; }
}
