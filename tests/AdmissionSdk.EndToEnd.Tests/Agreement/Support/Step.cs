namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>One request of a scenario. $NS in a body or name stands for the scenario's namespace.</summary>
internal sealed record Step(Verb Verb, KindInfo Kind, string Name, string Body)
{
    public string Subresource { get; init; } = "";

    public bool DryRun { get; init; }

    /// <summary>The namespace, if not the scenario's.</summary>
    public string? Namespace { get; init; }

    public long? GracePeriodSeconds { get; init; }

    /// <summary>The user's timeout, in seconds.</summary>
    public int? TimeoutSeconds { get; init; }

    public string? PropagationPolicy { get; init; }

    public string? FieldManager { get; init; }

    public string? FieldValidation { get; init; }

    /// <summary>The user; null for the administrator.</summary>
    public Impersonation? As { get; init; }

    /// <summary>True when the object is read again after the request, because the response alone does not show the stored object.</summary>
    public bool ReadBack { get; init; }
}
