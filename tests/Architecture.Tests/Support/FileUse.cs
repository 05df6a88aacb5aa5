namespace Architecture.Tests.Support;

/// <summary>A source file that names a type, or a member of a type, declared in another.</summary>
public sealed record FileUse(string From, string To);
