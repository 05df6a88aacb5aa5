using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Direct;

/// <summary>A member of an object of a view.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Get">Reads the member.</param>
/// <param name="Plan">The member's value.</param>
/// <param name="Shows">Tells by a value if the value is written; null if all but null are.</param>
/// <param name="IsWritable">False if only the whole object can be written: the member has a converter of its own.</param>
internal sealed record PlanMember(string Name, Func<object, object?> Get, ModelPlan Plan, Func<object?, bool>? Shows, bool IsWritable)
{
    /// <summary>Tells if the member's values can be recognised elsewhere, by reference.</summary>
    public bool HasIdentity { get; init; }

    /// <summary>The key that tells the elements of the member's list apart.</summary>
    public ElementKey? Key { get; init; }

    /// <summary>Tells if a value is written.</summary>
    public bool IsShown(object? value) => Shows is null ? value is not null : Shows(value);
}
