using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Functions;

/// <summary>Functions, macros and types that an environment has together.</summary>
internal sealed class FunctionLibrary
{
    private readonly List<Overload> _overloads = [];
    private readonly List<Macro> _macros = [];
    private readonly List<CelType> _types = [];

    public IReadOnlyList<Overload> Overloads => _overloads;

    public IReadOnlyList<Macro> Macros => _macros;

    public IReadOnlyList<CelType> Types => _types;

    /// <summary>Adds a form of a function, which runs with values of its types only.</summary>
    public FunctionLibrary Add(string id, string signature, CelFunction run)
    {
        _overloads.Add(Overload.Parse(id, signature, run));
        return this;
    }

    /// <summary>Adds forms that share code, which looks at the types of values itself: pairs of id and signature.</summary>
    public FunctionLibrary AddAll(CelFunction run, params ReadOnlySpan<(string Id, string Signature)> forms)
    {
        foreach (var (id, signature) in forms)
        {
            _overloads.Add(Overload.Parse(id, signature, run, checksTypes: true));
        }

        return this;
    }

    public FunctionLibrary Add(params IEnumerable<Macro> macros)
    {
        _macros.AddRange(macros);
        return this;
    }

    public FunctionLibrary Add(CelType type)
    {
        _types.Add(type);
        return this;
    }
}
