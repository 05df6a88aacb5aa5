using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Compilation;
using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Library;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>The libraries by Kubernetes version: a table of when each came, and when one went.</summary>
internal static class KubernetesLanguage
{
    private const int Always = 0;
    private const int StillThere = int.MaxValue;

    private static readonly (int From, int Before, Func<FunctionLibrary> Create)[] Libraries =
    [
        (Always, StillThere, StandardLibrary.Create),
        (Always, StillThere, UrlLibrary.Create),
        (Always, StillThere, RegexLibrary.Create),
        (Always, 37, static () => AggregateLibrary.Create(0)),
        (27, StillThere, AuthorizerLibrary.Create),
        (28, StillThere, OptionalLibrary.Create),
        (28, StillThere, QuantityLibrary.Create),
        (Always, 29, static () => StringLibrary.Create(0)),
        (29, StillThere, static () => StringLibrary.Create(2)),
        (29, StillThere, SetLibrary.Create),
        (30, StillThere, NetworkLibrary.Addresses),
        (30, StillThere, NetworkLibrary.Ranges),
        (31, StillThere, FormatLibrary.Create),
        (31, StillThere, AuthorizerLibrary.Selectors),
        (32, StillThere, ComprehensionLibrary.Create),
        (33, StillThere, SemverLibrary.Create),
        (34, StillThere, ListLibrary.Create),
        (37, StillThere, static () => AggregateLibrary.Create(1)),
    ];

    /// <summary>The language of a version: what its server accepts newly, or all that it knows.</summary>
    public static ExpressionLanguage Create(int minor, CelExpressionOrigin origin, IReadOnlyList<Variable> variables, IReadOnlyList<StructDeclaration> structs)
    {
        // New expressions are held to the version before, to which the server may be rolled back.
        var compatible = origin == CelExpressionOrigin.New ? minor - 1 : minor;
        FunctionLibrary[] libraries = [.. Libraries.Where(library => compatible >= library.From && compatible < library.Before).Select(library => library.Create())];
        return new ExpressionLanguage(libraries, variables, structs, optionals: compatible >= 28)
        {
            ValidatesLiterals = compatible >= 29,
            Checking = new CheckerEnvironment(libraries, variables, structs) { ComparesNumbers = compatible >= 28 },
        };
    }

    /// <summary>The variables of match conditions and admission policies.</summary>
    public static IReadOnlyList<Variable> Variables(bool hasParams) =>
    [
        new("object", CelType.Dyn),
        new("oldObject", CelType.Dyn),
        new("namespaceObject", RequestTypes.TypeOf(RequestTypes.Namespace)),
        new("request", RequestTypes.TypeOf(RequestTypes.Request)),
        new("authorizer", CelType.StructOf(AuthorizerValue.Authorizer)),
        new("authorizer.requestResource", CelType.StructOf(AuthorizerValue.ResourceCheck)),
        .. hasParams ? [new Variable("params", CelType.Dyn)] : Array.Empty<Variable>(),
    ];
}
