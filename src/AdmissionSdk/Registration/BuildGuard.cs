namespace AdmissionSdk.Registration;

/// <summary>Keeps a builder that was built from being used again: what it was built into is checked and in use, and would not change.</summary>
/// <param name="subject">The builder's subject, such as a webhook's name.</param>
internal sealed class BuildGuard(string subject)
{
    private bool _isBuilt;

    public void Close() => _isBuilt = true;

    /// <exception cref="InvalidOperationException">The builder was built.</exception>
    public void Check()
    {
        if (_isBuilt)
        {
            throw new InvalidOperationException($"{subject} is built already, so this setting would have no effect: make it inside the delegate that the builder was given to.");
        }
    }
}
