using AdmissionSdk.Contexts;

namespace AdmissionSdk.Model;

/// <summary>Calls one handler with the object read as its type, which only this class knows.</summary>
internal abstract class HandlerInvoker(string name)
{
    public string Name { get; } = name;

    public abstract Type ObjectType { get; }

    /// <summary>An invoker of the same type without code of the application's, for the warm-up; null if there is none.</summary>
    public HandlerInvoker? WarmUp { get; init; }

    /// <summary>Runs the filters and, inside the filters, the handler on the current state of the call.</summary>
    /// <exception cref="UndecodableObjectException">The object does not fit the type.</exception>
    public abstract ValueTask<AdmissionResult?> InvokeAsync(AdmissionCall call, FilterPipeline filters, CancellationToken cancellationToken);
}
