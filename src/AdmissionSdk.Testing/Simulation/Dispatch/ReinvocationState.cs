using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>The webhooks that are due a second time (contract 14.1).</summary>
internal sealed class ReinvocationState
{
    private readonly HashSet<string> _invoked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _again = new(StringComparer.Ordinal);

    /// <summary>True if the whole mutating chain runs once more.</summary>
    public bool SecondPass { get; private set; }

    /// <summary>The object as the webhooks of the last pass left it.</summary>
    public JsonObject? Output { get; set; }

    public bool IsDue(string identity) => _again.Contains(identity);

    /// <summary>Notes that a webhook's patch changed the object: webhooks called before are due, and so is a second pass.</summary>
    public void Changed()
    {
        RequireInvoked();
        SecondPass = true;
    }

    public void RequireInvoked()
    {
        _again.UnionWith(_invoked);
        _invoked.Clear();
    }

    public void Invoked(string identity) => _invoked.Add(identity);
}
