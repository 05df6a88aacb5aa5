namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>One request of a scenario. $NS in a body or name stands for the scenario's namespace.</summary>
internal sealed record Step(Verb Verb, KindInfo Kind, string Name, string Body)
{
    public string Subresource { get; init; } = "";

    public bool DryRun { get; init; }

    /// <summary>Another namespace than the scenario's.</summary>
    public string? Namespace { get; init; }

    public long? GracePeriodSeconds { get; init; }

    /// <summary>The user's timeout, in seconds.</summary>
    public int? TimeoutSeconds { get; init; }

    public string? PropagationPolicy { get; init; }

    public string? FieldManager { get; init; }

    public string? FieldValidation { get; init; }

    /// <summary>The user; null for the administrator.</summary>
    public Impersonation? As { get; init; }

    /// <summary>Whether the object is read again at the end, because the answer alone does not show what became of it.</summary>
    public bool ReadBack { get; init; }
}
