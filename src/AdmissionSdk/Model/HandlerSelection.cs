using AdmissionSdk.Registration;

namespace AdmissionSdk.Model;

/// <summary>
/// Some of a webhook's handlers, in order, as a node of a tree with one node for each selection that has come up. A review walks down the tree and
/// allocates nothing once its selection is known.
/// </summary>
internal sealed class HandlerSelection
{
    private readonly IReadOnlyList<HandlerDescriptor> _all;
    private readonly HandlerSelection?[] _next;

    private HandlerSelection(IReadOnlyList<HandlerDescriptor> all, HandlerDescriptor[] handlers) =>
        (_all, Handlers, _next) = (all, handlers, new HandlerSelection?[all.Count]);

    /// <summary>The handlers, in the order in which they run.</summary>
    public IReadOnlyList<HandlerDescriptor> Handlers { get; }

    public static HandlerSelection Empty(IReadOnlyList<HandlerDescriptor> all) => new(all, []);

    /// <summary>This selection and one more handler, which comes later than those in it.</summary>
    public HandlerSelection With(int index) => Volatile.Read(ref _next[index]) ?? Add(index);

    private HandlerSelection Add(int index)
    {
        var added = new HandlerSelection(_all, [.. Handlers, _all[index]]);
        return Interlocked.CompareExchange(ref _next[index], added, null) ?? added;
    }
}
