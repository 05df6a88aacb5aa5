namespace AdmissionSdk.Cel.Syntax;

/// <summary>The syntax of an environment: its macros, and whether <c>.?</c> and <c>[?</c> are known.</summary>
internal sealed class ParserOptions(IEnumerable<Macro> macros, bool optionalSyntax)
{
    private readonly Dictionary<(string Name, int ArgumentCount, bool IsMethod), Macro> _macros =
        macros.ToDictionary(macro => (macro.Name, macro.ArgumentCount, macro.IsMethod));

    public bool OptionalSyntax { get; } = optionalSyntax;

    public Macro? Find(string name, int argumentCount, bool isMethod) => _macros.GetValueOrDefault((name, argumentCount, isMethod));
}
