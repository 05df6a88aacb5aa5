namespace ImageRegistryWebhook.Policies;

/// <summary>An error or warning about a policy or lock file.</summary>
/// <param name="File">The file's path or name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">The problem, and the way to fix it.</param>
internal sealed record PolicyProblem(string File, int Line, int Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
