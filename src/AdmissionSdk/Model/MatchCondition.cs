namespace AdmissionSdk.Registration;

/// <summary>
/// A CEL expression that must be true for the API server to call the webhook. The SDK checks its name and its shape (quotes and brackets);
/// whether it compiles and is a bool only the API server can say, when the configuration is applied.
/// </summary>
/// <param name="Name">A qualified name, such as <c>not-a-lease</c> or <c>example.com/not-a-lease</c>, unique in the webhook.</param>
/// <param name="Expression">CEL over <c>object</c>, <c>oldObject</c>, <c>request</c> and <c>authorizer</c>.</param>
public sealed record MatchCondition(string Name, string Expression);
