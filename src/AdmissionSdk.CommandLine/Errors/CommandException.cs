#pragma warning disable IDE0130 // Public types of the package are in one namespace.
namespace AdmissionSdk.CommandLine;
#pragma warning restore IDE0130

/// <summary>A command cannot do what it was asked; the message is one line that says why and what to do.</summary>
public sealed class CommandException : Exception
{
    /// <summary>Ends the command with exit code 2.</summary>
    /// <param name="message">One line: why, and what to do.</param>
    public CommandException(string message)
        : base(message)
    {
    }

    /// <summary>Ends the command with exit code 2.</summary>
    /// <param name="message">One line: why, and what to do.</param>
    /// <param name="innerException">What led to it.</param>
    public CommandException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Ends the command with exit code 2 and says nothing helpful.</summary>
    public CommandException()
    {
    }

    internal static void ThrowIfAny(IReadOnlyCollection<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new CommandException(string.Join(Environment.NewLine + "error: ", problems));
        }
    }
}
