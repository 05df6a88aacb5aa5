namespace AdmissionSdk.Registration;

/// <summary>
/// A CEL expression that must be true for the API server to call the webhook. The SDK checks its name and its shape (quotes and brackets);
/// only the API server can tell, when the configuration is applied, if the expression compiles and is a bool.
/// </summary>
/// <param name="Name">A qualified name, such as <c>not-a-lease</c> or <c>example.com/not-a-lease</c>, unique in the webhook.</param>
/// <param name="Expression">CEL over <c>object</c>, <c>oldObject</c>, <c>request</c> and <c>authorizer</c>.</param>
public sealed record MatchCondition(string Name, string Expression);
