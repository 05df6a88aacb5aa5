using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Dispatch;

/// <summary>One handler's part in a review that is explained.</summary>
internal sealed class HandlerStep(HandlerDescriptor handler)
{
    public HandlerDescriptor Handler { get; } = handler;

    /// <summary>The handler's result; null if it threw, or returned null.</summary>
    public AdmissionResult? Result { get; set; }

    /// <summary>The exception that ended the handler, or that came of its edit.</summary>
    public Exception? Exception { get; set; }

    public TimeSpan Elapsed { get; set; }

    /// <summary>The handler's own warnings.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>The handler's own audit annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; set; } = new Dictionary<string, string>();

    /// <summary>The operations of the handler's own edit.</summary>
    public PatchResult Edit { get; set; }
}
