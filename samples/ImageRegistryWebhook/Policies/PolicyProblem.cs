namespace ImageRegistryWebhook.Policies;

/// <summary>Something that is wrong with a policy or lock file.</summary>
/// <param name="File">The file's path, or how it is called.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What, and what to do.</param>
internal sealed record PolicyProblem(string File, int Line, int Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
