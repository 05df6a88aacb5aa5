namespace AdmissionSdk;

/// <summary>The user whose request is being reviewed, as the API server authenticated (or impersonated) the user.</summary>
/// <remarks>
/// Unless the webhook authenticates its caller, anything in the cluster can post a review, so a user proves nothing outside
/// the response: do not base side effects on the user.
/// </remarks>
public sealed class UserInfo
{
    /// <summary>A review without user information.</summary>
    public static UserInfo Unknown { get; } = new();

    /// <summary>The user name, such as <c>system:serviceaccount:ci:deployer</c>; empty when not sent.</summary>
    public string Username { get; init; } = "";

    /// <summary>The user's unique id; empty when not sent.</summary>
    public string Uid { get; init; } = "";

    /// <summary>The user's groups; empty when not sent.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The facts that the authenticator added, by key; empty when not sent.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
}
