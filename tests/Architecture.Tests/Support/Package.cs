using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shared;

namespace Architecture.Tests.Support;

/// <summary>The sources of one package, bound by the compiler, so that constants, extension methods and inferred types count too.</summary>
public sealed class Package
{
    private static readonly ConcurrentDictionary<string, Package> Opened = new(StringComparer.Ordinal);

    // The usings that ImplicitUsings adds, of the SDK for libraries and the one for web applications.
    private const string GlobalUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
        global using System.Net.Http.Json; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    private readonly IReadOnlyList<FileUse> _uses;
    private readonly string _root;
    private readonly CSharpCompilation _compilation;

    private Package(string folder)
    {
        _root = Path.Combine(Repository.Root, folder);
        var name = Path.GetFileName(folder);
        SyntaxTree[] trees =
        [
            .. Directory.EnumerateFiles(_root, "*.cs", SearchOption.AllDirectories).Select(file =>
                CSharpSyntaxTree.ParseText(File.ReadAllText(file), CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview), file)),
        ];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(file) != name)
            .Select(file => MetadataReference.CreateFromFile(file));
        _compilation = CSharpCompilation.Create(
            name,
            [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _uses = [.. trees.SelectMany(Uses).Distinct()];
    }

    public static IReadOnlyList<string> All { get; } =
        ["src/AdmissionSdk", "src/AdmissionSdk.Cel", "src/AdmissionSdk.Testing", "src/AdmissionSdk.CommandLine", "samples/ImageRegistryWebhook"];

    public static Package Open(string folder) => Opened.GetOrAdd(folder, static folder => new Package(folder));

    /// <summary>The uses between folders.</summary>
    /// <param name="folderOf">The folder of a file, whose path is relative to the package and has slashes.</param>
    public IReadOnlyCollection<FolderUse> Uses(Func<string, string> folderOf) =>
        [.. _uses.Select(use => new FolderUse(folderOf(use.From), folderOf(use.To), use)).Where(use => use.From != use.To)];

    /// <summary>The uses of what another assembly shows only to its friends.</summary>
    public IReadOnlyList<string> InternalsOf(string assembly, Func<string, bool> isFile) =>
    [
        .. from tree in _compilation.SyntaxTrees
           where tree.FilePath.Length > 0 && isFile(PathOf(tree))
           from symbol in SymbolsIn(tree)
           where symbol.ContainingAssembly?.Name == assembly && !IsPublic(symbol)
           select $"{PathOf(tree)} uses {symbol}",
    ];

    private static bool IsPublic(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.NotApplicable
        && (symbol.ContainingType is null || IsPublic(symbol.ContainingType));

    private string PathOf(SyntaxTree tree) => Path.GetRelativePath(_root, tree.FilePath);

    private IEnumerable<ISymbol> SymbolsIn(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        return
            from node in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            let info = model.GetSymbolInfo(node)
            let symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault()
            where symbol is not null
            select symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol;
    }

    private IEnumerable<FileUse> Uses(SyntaxTree tree)
    {
        foreach (var symbol in SymbolsIn(tree))
        {
            var type = symbol is INamedTypeSymbol named ? named : symbol.ContainingType;

            // A partial class may lie in several files; its own file among them is enough.
            string[] files = [.. (type?.OriginalDefinition.DeclaringSyntaxReferences ?? []).Select(reference => reference.SyntaxTree.FilePath).Where(file => file.Length > 0)];
            if (files.Length > 0 && !files.Contains(tree.FilePath))
            {
                yield return new FileUse(PathOf(tree), Path.GetRelativePath(_root, files[0]));
            }
        }
    }
}
