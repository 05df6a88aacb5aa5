#pragma warning disable IDE0130 // Public types of the package are in one namespace.
namespace AdmissionSdk.CommandLine;
#pragma warning restore IDE0130

/// <summary>The error of a command that cannot do its work, with a message of one line.</summary>
public sealed class CommandException : Exception
{
    /// <summary>Ends the command with exit code 2.</summary>
    /// <param name="message">One line with the reason and the remedy.</param>
    public CommandException(string message)
        : base(message)
    {
    }

    /// <summary>Ends the command with exit code 2.</summary>
    /// <param name="message">One line with the reason and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public CommandException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Ends the command with exit code 2, without a helpful message.</summary>
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
