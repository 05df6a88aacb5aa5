namespace AdmissionSdk.Cel.Functions;

/// <summary>A function by its name, with all its forms in the order of their declaration.</summary>
internal sealed class FunctionDeclaration(string name, IReadOnlyList<Overload> overloads)
{
    public string Name { get; } = name;

    public IReadOnlyList<Overload> Overloads { get; } = overloads;
}
