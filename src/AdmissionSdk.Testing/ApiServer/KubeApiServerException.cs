namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// The real API server of a test run could not be started, did not become ready, or did not take over what it was given.
/// The message says what was expected and ends with the last lines of the server's log where that helps.
/// </summary>
public sealed class KubeApiServerException : Exception
{
    /// <summary>Creates an exception without a message.</summary>
    public KubeApiServerException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What was expected, what happened, and what to do next.</param>
    public KubeApiServerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with its cause.</summary>
    /// <param name="message">What was expected, what happened, and what to do next.</param>
    /// <param name="innerException">The cause.</param>
    public KubeApiServerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
