namespace AdmissionSdk;

/// <summary>Says on a handler's class which operations and subresources it is for. What the builder is told wins.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AdmissionRuleAttribute : Attribute
{
    /// <summary>The operations.</summary>
    /// <value>The default is <see cref="AdmissionSdk.Operations.None"/>: a mutator's CREATE, a validator's CREATE and UPDATE.</value>
    public Operations Operations { get; set; }

    /// <summary>Subresources beside the resource itself, such as <c>ephemeralcontainers</c>.</summary>
    /// <value>The default is none.</value>
    public string[] Subresources { get; set; } = [];

    /// <summary>Whether only cluster-scoped or only namespaced objects are meant.</summary>
    /// <value>The default is <see cref="ResourceScope.Any"/>.</value>
    public ResourceScope Scope { get; set; }
}
