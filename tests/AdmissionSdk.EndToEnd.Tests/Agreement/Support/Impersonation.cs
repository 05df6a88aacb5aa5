namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>The user that a step is sent as.</summary>
internal sealed record Impersonation(string User, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    /// <summary>What the names of such users begin with.</summary>
    public const string Prefix = "agreement-";
}
