using System.Text.RegularExpressions;
using Shared;

namespace AdmissionSdk.Tests;

/// <summary>
/// The folders are the architecture: a request goes Hosting → Reviews → Dispatch → the handler → Patching → Reviews, and what is below knows nothing of
/// what is above.
/// </summary>
public sealed partial class ArchitectureTests
{
    /// <summary>What each folder may use. What is public and in the root may be used by all.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        // The way of a request, from the inside out.
        ["Models"] = [],
        ["Observability"] = [],
        ["Patching"] = [],
        ["Serialization"] = ["Models"],
        ["Reviews"] = [],
        ["Dispatch"] = ["Registration", "Reviews", "Patching", "Serialization", "Observability"],
        ["Hosting"] = ["Registration", "Reviews", "Dispatch", "Observability", "Recording", "Certificates"],

        // What is registered, and what is made of it. Handlers are closed over their types where they are registered, so the model holds Dispatch's invokers.
        ["Registration"] = ["Dispatch", "Manifests", "Models"],
        ["Manifests"] = ["Registration"],
        ["Linting"] = ["Registration", "Manifests", "Serialization", "Observability"],

        // Beside the way of a request.
        ["Recording"] = ["Registration", "Patching"],
        ["Certificates"] = ["Observability"],
        ["Health"] = ["Hosting", "Dispatch", "Certificates"],
        ["Cluster"] = ["Health", "Registration", "Observability"],
        ["Drift"] = ["Health", "Registration", "Manifests", "Observability"],
    };

    /// <summary>Where everything is put together.</summary>
    private const string CompositionRoot = "AdmissionServiceCollectionExtensions.cs";

    private static readonly string Source = Path.Combine(Repository.Root, "src", "AdmissionSdk");

    private static string[] Names => [.. Directory.EnumerateDirectories(Source).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Folders() => [.. Names];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_UsesOnly_WhatItMay(string folder)
    {
        Assert.True(Allowed.TryGetValue(folder, out var allowed), $"Say in {nameof(ArchitectureTests)} what {folder} may use.");

        var used = Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != CompositionRoot)
            .SelectMany(file => Uses().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Folder: match.Groups["folder"].Value)))
            .Where(use => use.Folder != folder && Allowed.ContainsKey(use.Folder));

        Assert.Empty(used.Where(use => !allowed.Contains(use.Folder)).Distinct());
    }

    // Nothing on the way of a request is reached from below it. Registration is left out: it holds what Dispatch calls.
    [Theory]
    [InlineData("Models", "Observability", "Patching", "Serialization", "Reviews", "Dispatch", "Hosting")]
    public void RequestPath_DependsOneWay(params string[] fromTheInside)
    {
        for (var index = 0; index < fromTheInside.Length; index++)
        {
            Assert.Empty(Allowed[fromTheInside[index]].Intersect(fromTheInside.Skip(index)));
        }
    }

    [Fact]
    public void Allowed_IsWhatExists() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Names);

    [GeneratedRegex(@"\bAdmissionSdk\.(?<folder>[A-Z][A-Za-z]+)")]
    private static partial Regex Uses();
}
