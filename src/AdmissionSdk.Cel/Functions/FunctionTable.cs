namespace AdmissionSdk.Cel.Functions;

/// <summary>The functions of an environment, of all its libraries.</summary>
internal sealed class FunctionTable(IEnumerable<FunctionLibrary> libraries)
{
    private readonly Dictionary<string, FunctionDeclaration> _functions = libraries
        .SelectMany(library => library.Overloads)
        .GroupBy(overload => overload.Function, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => new FunctionDeclaration(group.Key, [.. group.DistinctBy(overload => overload.Id)]), StringComparer.Ordinal);

    public FunctionDeclaration? Find(string name) => _functions.GetValueOrDefault(name);
}
