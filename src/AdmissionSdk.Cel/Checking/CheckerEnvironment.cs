using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Checking;

/// <summary>All names that an expression can use, and how strict the checker is.</summary>
internal sealed class CheckerEnvironment
{
    private static readonly Dictionary<string, CelType> BuiltInTypes = new(StringComparer.Ordinal)
    {
        ["bool"] = CelType.Bool,
        ["bytes"] = CelType.Bytes,
        ["double"] = CelType.Double,
        ["duration"] = CelType.Duration,
        ["google.protobuf.Duration"] = CelType.Duration,
        ["google.protobuf.Timestamp"] = CelType.Timestamp,
        ["int"] = CelType.Int,
        ["list"] = CelType.List,
        ["map"] = CelType.Map,
        ["null_type"] = CelType.Null,
        ["string"] = CelType.String,
        ["timestamp"] = CelType.Timestamp,
        ["type"] = CelType.Type,
        ["uint"] = CelType.Uint,
    };

    private readonly Dictionary<string, Variable> _variables;
    private readonly Dictionary<string, StructDeclaration> _structs;

    public CheckerEnvironment(IReadOnlyList<FunctionLibrary> libraries, IEnumerable<Variable> variables, IEnumerable<StructDeclaration> structs)
    {
        Functions = new FunctionTable(libraries);
        _structs = structs.ToDictionary(structure => structure.Name, StringComparer.Ordinal);
        _variables = new(StringComparer.Ordinal);
        foreach (var (name, type) in BuiltInTypes.Concat(libraries.SelectMany(library => library.Types).Select(type => KeyValuePair.Create(type.Name, type))))
        {
            _variables[name] = TypeConstant(name, type);
        }

        foreach (var name in _structs.Keys)
        {
            _variables[name] = TypeConstant(name, CelType.StructOf(name));
        }

        foreach (var variable in variables)
        {
            _variables[variable.Name] = variable;
        }
    }

    public FunctionTable Functions { get; }

    /// <summary>The name that unqualified names are completed with; Kubernetes has none.</summary>
    public string Container { get; init; } = "";

    /// <summary>False if a list of int and string is a list of dyn.</summary>
    public bool HomogeneousLiterals { get; init; } = true;

    /// <summary>False if an int is not compared with a double, as before 1.28.</summary>
    public bool ComparesNumbers { get; init; } = true;

    public Variable? FindGlobal(string name) => Candidates(name).Select(candidate => _variables.GetValueOrDefault(candidate)).FirstOrDefault(found => found is not null);

    public FunctionDeclaration? FindFunction(string name) => Candidates(name).Select(Functions.Find).FirstOrDefault(found => found is not null);

    public StructDeclaration? FindStruct(string name) => Candidates(name).Select(candidate => _structs.GetValueOrDefault(candidate)).FirstOrDefault(found => found is not null);

    public bool IsEnabled(Overload overload) => ComparesNumbers || !IsMixedComparison(overload);

    private static Variable TypeConstant(string name, CelType type) => new(name, CelType.TypeOf(type), new TypeValue(type));

    private static bool IsMixedComparison(Overload overload) =>
        overload.Function is "_<_" or "_<=_" or "_>_" or "_>=_" && overload.Arguments[0].Kind != overload.Arguments[1].Kind;

    private IEnumerable<string> Candidates(string name)
    {
        if (name.StartsWith('.'))
        {
            return [name[1..]];
        }

        return Container.Length == 0 ? [name] : Qualified();

        IEnumerable<string> Qualified()
        {
            var parts = Container.Split('.');
            for (var i = parts.Length; i > 0; i--)
            {
                yield return $"{string.Join('.', parts[..i])}.{name}";
            }

            yield return name;
        }
    }
}
