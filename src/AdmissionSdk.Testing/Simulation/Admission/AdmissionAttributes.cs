using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Resources;

namespace AdmissionSdk.Testing.Simulation.Admission;

/// <summary>The attributes of a request that admission knows. The object changes with the webhooks' patches.</summary>
internal sealed class AdmissionAttributes
{
    public required string Operation { get; init; }

    public required ResourceInfo Resource { get; init; }

    public string Subresource { get; init; } = "";

    /// <summary>The kind of the object, which for some subresources is not the resource's.</summary>
    public required ObjectKind Kind { get; init; }

    public string Name { get; set; } = "";

    public string Namespace { get; init; } = "";

    public JsonObject? Object { get; set; }

    public JsonObject? OldObject { get; init; }

    public JsonObject? Options { get; init; }

    public required SimulatedRequestOptions Request { get; init; }

    /// <summary>True if the request made an entry in managedFields, and no patch has been applied since (contract 14.4).</summary>
    public bool HasFreshManagedFields { get; set; }

    public bool DryRun => Request.DryRun;

    /// <summary>True if the server holds the object as a Go struct.</summary>
    public bool Typed => Resource.Typed || Kind.Kind != Resource.Kind;
}
