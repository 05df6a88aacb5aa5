namespace AdmissionSdk.Connections;

/// <summary>A connection that is to be closed.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Reason">One of the reasons to close; null for a connection that was chosen before and is cut now.</param>
/// <param name="IsGraceful">True if the connection may take leave.</param>
internal readonly record struct Eviction(OpenConnection Connection, string? Reason, bool IsGraceful)
{
    public void Execute()
    {
        if (IsGraceful)
        {
            Connection.RequestClose();
        }
        else
        {
            Connection.Cut("The limits on connections of the admission webhook were met.");
        }
    }
}
