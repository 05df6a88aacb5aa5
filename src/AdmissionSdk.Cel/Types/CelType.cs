namespace AdmissionSdk.Cel.Types;

/// <summary>A type of CEL: a kind, a name, and the types that the kind is made of.</summary>
internal sealed class CelType
{
    private const string OptionalName = "optional_type";

    public static readonly CelType Dyn = new(CelKind.Dyn, "dyn");
    public static readonly CelType Error = new(CelKind.Error, "!error!");
    public static readonly CelType Null = new(CelKind.Null, "null_type");
    public static readonly CelType Bool = new(CelKind.Bool, "bool");
    public static readonly CelType Int = new(CelKind.Int, "int");
    public static readonly CelType Uint = new(CelKind.Uint, "uint");
    public static readonly CelType Double = new(CelKind.Double, "double");
    public static readonly CelType String = new(CelKind.String, "string");
    public static readonly CelType Bytes = new(CelKind.Bytes, "bytes");
    public static readonly CelType Duration = new(CelKind.Duration, "google.protobuf.Duration");
    public static readonly CelType Timestamp = new(CelKind.Timestamp, "google.protobuf.Timestamp");
    public static readonly CelType List = new(CelKind.List, "list", [Dyn]);
    public static readonly CelType Map = new(CelKind.Map, "map", [Dyn, Dyn]);
    public static readonly CelType Type = new(CelKind.Type, "type");
    public static readonly CelType Optional = new(CelKind.Opaque, OptionalName, [Dyn]);

    private CelType(CelKind kind, string name, IReadOnlyList<CelType>? parameters = null) =>
        (Kind, Name, Parameters) = (kind, name, parameters ?? []);

    public CelKind Kind { get; }

    public string Name { get; }

    /// <summary>The types of elements, or of keys and values, or of what an optional holds.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    public bool IsOptional => Kind == CelKind.Opaque && Name == OptionalName;

    public bool IsDynOrError => Kind is CelKind.Dyn or CelKind.Error;

    public static CelType ListOf(CelType element) => new(CelKind.List, "list", [element]);

    public static CelType MapOf(CelType key, CelType value) => new(CelKind.Map, "map", [key, value]);

    public static CelType TypeOf(CelType type) => new(CelKind.Type, "type", [type]);

    public static CelType OptionalOf(CelType type) => new(CelKind.Opaque, OptionalName, [type]);

    public static CelType OpaqueOf(string name, params IReadOnlyList<CelType> parameters) => new(CelKind.Opaque, name, parameters);

    public static CelType StructOf(string name) => new(CelKind.Struct, name);

    public static CelType Parameter(string name) => new(CelKind.TypeParam, name);

    /// <summary>The same kind, name and parameters, all the way down.</summary>
    public bool IsExactly(CelType other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (Kind != other.Kind || Name != other.Name || Parameters.Count != other.Parameters.Count)
        {
            return false;
        }

        for (var i = 0; i < Parameters.Count; i++)
        {
            if (!Parameters[i].IsExactly(other.Parameters[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The type as messages of the checker show it.</summary>
    public string Format() => Kind switch
    {
        CelKind.Null => "null",
        CelKind.Duration => "duration",
        CelKind.Timestamp => "timestamp",
        _ => Show(static type => type.Format()),
    };

    /// <summary>The type as "must evaluate to bool but got …" shows it.</summary>
    public override string ToString() => Show(static type => type.ToString());

    private string Show(Func<CelType, string> show) =>
        Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters.Select(show))})";
}
