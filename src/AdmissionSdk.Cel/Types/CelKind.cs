namespace AdmissionSdk.Cel.Types;

/// <summary>The kinds of types that the checker tells apart.</summary>
internal enum CelKind
{
    Dyn,
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Duration,
    Timestamp,
    List,
    Map,
    Type,
    Struct,
    Opaque,
    TypeParam,
}
