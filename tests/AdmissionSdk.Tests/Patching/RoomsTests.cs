using System.Text.RegularExpressions;
using AdmissionSdk.Patching;
using Shared;

namespace AdmissionSdk.Tests.Patching;

/// <summary>The rooms of the folder Patching use each other without a ring, and none uses the root, where PatchSession puts them together.</summary>
/// <remarks>Covers <see cref="PatchSession"/>.</remarks>
public sealed partial class RoomsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "AdmissionSdk", "Patching");

    [Fact]
    public void Rooms_HaveNoRing()
    {
        var files = Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Room: Path.GetRelativePath(Folder, Path.GetDirectoryName(file)!), Type: Path.GetFileName(file).Split('.')[0], Words: Words(file))).ToArray();
        var roomOf = files.ToDictionary(file => file.Type, file => file.Room);
        var uses = files.ToLookup(
            file => file.Room,
            file => file.Words.Where(roomOf.ContainsKey).Select(type => roomOf[type]).Where(room => room != file.Room).ToArray());

        // Take away, again and again, the rooms that use only rooms taken away before; the ones of a ring stay.
        HashSet<string> open = [.. roomOf.Values];
        while (open.RemoveWhere(room => !uses[room].Any(used => used.Any(open.Contains))) > 0)
        {
        }

        Assert.Empty(open);
        Assert.Contains(".", roomOf.Values);
        Assert.DoesNotContain(files, file => file.Room != "." && file.Words.Any(type => roomOf.GetValueOrDefault(type) == "."));
    }

    // Comments, texts and members of other values are not uses.
    private static HashSet<string> Words(string file) =>
        [.. Word().Matches(Ignored().Replace(File.ReadAllText(file), "")).Select(match => match.Value)];

    [GeneratedRegex("""//.*|\$?"(?:[^"\\\n]|\\.)*"(?:u8)?|^using .*|\.\w+""", RegexOptions.Multiline)]
    private static partial Regex Ignored();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();
}
