namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>No services.</summary>
internal sealed class EmptyServices : IServiceProvider
{
    public static EmptyServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
