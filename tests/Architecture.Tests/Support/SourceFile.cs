using Shared;

namespace Architecture.Tests.Support;

/// <summary>A text file of the repository, by its path from the root.</summary>
public sealed record SourceFile(string Path)
{
    public string[] Lines => field ??= File.ReadAllLines(System.IO.Path.Combine(Repository.Root, Path));

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The files below folders, without what a build leaves there.</summary>
    public static IReadOnlyList<SourceFile> In(IEnumerable<string> folders, params string[] extensions) =>
    [
        .. from folder in folders
           from file in Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
           let path = System.IO.Path.GetRelativePath(Repository.Root, file)
           where extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.Ordinal)
               && !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts")
           orderby path
           select new SourceFile(path),
    ];
}
