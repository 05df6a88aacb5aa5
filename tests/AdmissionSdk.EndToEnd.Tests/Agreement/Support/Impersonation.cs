namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The user that a step is sent as.</summary>
internal sealed record Impersonation(string User, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    /// <summary>The prefix of the names of impersonated users.</summary>
    public const string Prefix = "agreement-";
}
