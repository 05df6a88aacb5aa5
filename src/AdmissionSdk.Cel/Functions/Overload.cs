using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Functions;

/// <summary>One form of a function, with the types of its arguments; those of a method begin with its target.</summary>
internal sealed class Overload
{
    private readonly CelType[] _arguments;

    private Overload(string id, string function, bool isMethod, CelType[] arguments, CelType result)
    {
        (Id, Function, IsMethod, Result) = (id, function, isMethod, result);
        _arguments = arguments;
        Parameters = [.. ParametersOf(arguments.Append(result)).Distinct(StringComparer.Ordinal)];
    }

    public string Id { get; }

    public string Function { get; }

    public bool IsMethod { get; }

    public IReadOnlyList<CelType> Arguments => _arguments;

    public CelType Result { get; }

    /// <summary>The names of the types that a use decides.</summary>
    public IReadOnlyList<string> Parameters { get; }

    public required CelFunction Run { get; init; }

    /// <summary>True if the code looks at the types of values itself, because it is one for all forms.</summary>
    public bool ChecksTypes { get; init; }

    /// <summary>Reads a signature: <c>size(list&lt;A&gt;): int</c> of a function, <c>(string).size(): int</c> of a method.</summary>
    public static Overload Parse(string id, string signature, CelFunction run, bool checksTypes = false)
    {
        var open = signature.IndexOf('(', signature[0] == '(' ? signature.IndexOf(").", StringComparison.Ordinal) : 0);
        var close = signature.LastIndexOf(')');
        var isMethod = signature[0] == '(';
        var start = isMethod ? signature.IndexOf(").", StringComparison.Ordinal) + 2 : 0;
        var arguments = TypeText.ParseList(signature[(open + 1)..close]);
        return new Overload(
            id,
            signature[start..open],
            isMethod,
            isMethod ? [TypeText.Parse(signature[1..(start - 2)]), .. arguments] : arguments,
            TypeText.Parse(signature[(close + 2)..].Trim()))
        {
            Run = run,
            ChecksTypes = checksTypes,
        };
    }

    /// <summary>True if the values are of the types of the arguments, as far as a look at the first element of a list or map says.</summary>
    public bool Accepts(ReadOnlySpan<CelValue> values)
    {
        if (values.Length != _arguments.Length)
        {
            return false;
        }

        if (ChecksTypes)
        {
            return true;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!IsOf(values[i], _arguments[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOf(CelValue value, CelType type) => type.Kind switch
    {
        CelKind.Dyn or CelKind.TypeParam => true,
        CelKind.List => value is ListValue list && (list.Count == 0 || IsOpen(type.Parameters[0]) || IsOf(list.At(0), type.Parameters[0])),
        CelKind.Map => value is MapValue map && (IsOpen(type.Parameters[0]) || map.Keys.FirstOrDefault() is not { } key || IsOf(key, type.Parameters[0])),
        CelKind.Opaque or CelKind.Struct => value.Type.Name == type.Name && (value is not OptionalValue { Value: { } held } || IsOpen(type.Parameters[0]) || IsOf(held, type.Parameters[0])),
        var kind => value.Type.Kind == kind,
    };

    private static bool IsOpen(CelType type) => type.Kind is CelKind.Dyn or CelKind.TypeParam;

    private static IEnumerable<string> ParametersOf(IEnumerable<CelType> types) =>
        types.SelectMany(type => type.Kind == CelKind.TypeParam ? [type.Name] : ParametersOf(type.Parameters));
}
