namespace AdmissionSdk.Cel;

/// <summary>A match condition whose result depends on something that is not known.</summary>
/// <param name="Name">The condition's name.</param>
/// <param name="Path">The variable or field, as <c>authorizer</c> or <c>request.userInfo</c>.</param>
public sealed record CelUnknownCondition(string Name, string Path);
