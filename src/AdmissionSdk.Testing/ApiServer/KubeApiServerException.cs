namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// The real API server of a test run could not be started, did not become ready, or did not take over the given configuration.
/// The message says what was expected and may end with the last lines of the server's log.
/// </summary>
public sealed class KubeApiServerException : Exception
{
    /// <summary>Creates an exception without a message.</summary>
    public KubeApiServerException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">The expectation, the observation, and the next step.</param>
    public KubeApiServerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with its cause.</summary>
    /// <param name="message">The expectation, the observation, and the next step.</param>
    /// <param name="innerException">The cause.</param>
    public KubeApiServerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
