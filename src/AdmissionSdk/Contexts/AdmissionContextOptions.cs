namespace AdmissionSdk;

/// <summary>What a context made for a unit test says about its review. Everything has a default.</summary>
/// <remarks>Used by <see cref="MutationContext.For"/> and <see cref="ValidationContext.For"/>.</remarks>
public sealed record AdmissionContextOptions
{
    /// <summary>The operation.</summary>
    /// <value>The default is CREATE. On DELETE the object is the one being deleted, as always.</value>
    public Operation Operation { get; init; } = Operation.Create;

    /// <summary>The object as it is stored, of the same type as the object.</summary>
    /// <value>The default is null.</value>
    public object? OldObject { get; init; }

    /// <summary>Who asks.</summary>
    /// <value>The default is a user without a name.</value>
    public UserInfo User { get; init; } = UserInfo.Unknown;

    /// <summary>Whether it is a dry run.</summary>
    /// <value>The default is false.</value>
    public bool DryRun { get; init; }

    /// <summary>The name of the webhook.</summary>
    /// <value>The default is <c>webhook.test.example.com</c>.</value>
    public string Webhook { get; init; } = "webhook.test.example.com";

    /// <summary>The id of the exchange.</summary>
    /// <value>The default is <c>test</c>.</value>
    public string Uid { get; init; } = "test";

    /// <summary>The kind.</summary>
    /// <value>The default is null: the one on KubernetesClient's attribute of the object's type, else the object's own.</value>
    public GroupVersionKind? Kind { get; init; }

    /// <summary>The resource.</summary>
    /// <value>The default is null: the one on KubernetesClient's attribute of the object's type.</value>
    public GroupVersionResource? Resource { get; init; }

    /// <summary>The subresource.</summary>
    /// <value>The default is empty.</value>
    public string SubResource { get; init; } = "";

    /// <summary>The name.</summary>
    /// <value>The default is null: the object's own.</value>
    public string? Name { get; init; }

    /// <summary>The namespace.</summary>
    /// <value>The default is null: the object's own.</value>
    public string? Namespace { get; init; }

    /// <summary>The operation's options, such as <see cref="Models.CreateOptions"/>.</summary>
    /// <value>The default is null.</value>
    public object? Options { get; init; }

    /// <summary>The services of the review's scope.</summary>
    /// <value>The default is null: none.</value>
    public IServiceProvider? Services { get; init; }
}
