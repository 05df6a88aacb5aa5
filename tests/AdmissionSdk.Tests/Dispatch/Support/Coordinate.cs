using AdmissionSdk.Reviews;

namespace AdmissionSdk.Tests.Dispatch.Support;

/// <summary>All that a rule looks at in a request.</summary>
internal sealed record Coordinate(string Group, string Version, string Resource, string Subresource, string Operation, string Namespace)
{
    public AdmissionRequest ToRequest() => new()
    {
        Uid = "u",
        Resource = new(Group, Version, Resource),
        Subresource = Subresource,
        Operation = new Operation(Operation),
        Namespace = Namespace,
    };
}
