namespace Architecture.Tests.Support;

/// <summary>A folder that uses another, and the files by which it does.</summary>
public sealed record FolderUse(string From, string To, FileUse Files);
