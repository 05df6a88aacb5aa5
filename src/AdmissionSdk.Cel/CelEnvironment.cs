using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Compilation;
using AdmissionSdk.Cel.Kubernetes;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel;

/// <summary>The CEL of one place in one version of Kubernetes: its variables and libraries. Making one takes milliseconds; keep it.</summary>
public sealed class CelEnvironment
{
    private const string VariablesType = "kubernetes.variables";
    private const int OldestMinor = 25;

    private readonly ExpressionLanguage _language;
    private readonly IReadOnlyDictionary<string, CelProgram> _variables;
    private readonly bool _hasParams;

    private CelEnvironment(Version version, CelExpressionOrigin origin, bool hasParams, IReadOnlyDictionary<string, CelProgram> variables)
    {
        (KubernetesVersion, Origin, _hasParams, _variables) = (version, origin, hasParams, variables);
        var structs = RequestTypes.All;
        var names = KubernetesLanguage.Variables(hasParams);
        if (variables.Count > 0)
        {
            structs = [.. structs, new StructDeclaration(VariablesType, variables.ToDictionary(pair => pair.Key, pair => pair.Value.Type, StringComparer.Ordinal))];
            names = [.. names, new Variable("variables", CelType.StructOf(VariablesType))];
        }

        _language = KubernetesLanguage.Create(version.Minor, origin, names, structs);
    }

    /// <summary>The version whose libraries are known.</summary>
    public Version KubernetesVersion { get; }

    /// <summary>The reason why the server compiles, which decides the libraries too.</summary>
    public CelExpressionOrigin Origin { get; }

    /// <summary>The environment of match conditions of webhooks: <c>object</c>, <c>oldObject</c>, <c>request</c>, <c>namespaceObject</c> (always null) and <c>authorizer</c> (contract 3.1).</summary>
    /// <param name="kubernetesVersion">The version of the API server, from 1.25 on.</param>
    /// <param name="origin">New to find out what the server accepts; Stored to evaluate what it has.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The version is older than 1.25, the first with CEL in admission.</exception>
    public static CelEnvironment ForMatchConditions(Version kubernetesVersion, CelExpressionOrigin origin = CelExpressionOrigin.New) =>
        Create(kubernetesVersion, origin, hasParams: false);

    /// <summary>The environment of validating admission policies: that of match conditions, and <c>params</c>. Their <c>variables</c> are added one by one.</summary>
    /// <param name="kubernetesVersion">The version of the API server, from 1.25 on.</param>
    /// <param name="origin">New to find out what the server accepts; Stored to evaluate what it has.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The version is older than 1.25, the first with CEL in admission.</exception>
    public static CelEnvironment ForAdmissionPolicies(Version kubernetesVersion, CelExpressionOrigin origin = CelExpressionOrigin.New) =>
        Create(kubernetesVersion, origin, hasParams: true);

    /// <summary>The environment with one more of an admission policy's <c>variables</c>, for the variables and expressions after it.</summary>
    /// <param name="name">The name behind <c>variables.</c></param>
    /// <param name="program">The variable's expression, compiled by this environment with <see cref="CompileAny"/>.</param>
    /// <returns>The environment.</returns>
    public CelEnvironment WithVariable(string name, CelProgram program)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(program);
        return new CelEnvironment(KubernetesVersion, Origin, _hasParams, new Dictionary<string, CelProgram>(_variables, StringComparer.Ordinal) { [name] = program });
    }

    /// <summary>Compiles an expression that must be a bool: a match condition, or a validation (contract 3.6).</summary>
    /// <param name="expression">The text.</param>
    /// <returns>The program, or the issues.</returns>
    public CelCompilation Compile(string expression)
    {
        var compilation = CompileAny(expression);
        return compilation.Program is { Type: { Kind: not CelKind.Bool } type }
            ? Refused($"must evaluate to bool but got {type}")
            : compilation;
    }

    /// <summary>Compiles an expression of any type, as an admission policy's variable.</summary>
    /// <param name="expression">The text.</param>
    /// <returns>The program, or the issues.</returns>
    public CelCompilation CompileAny(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var compiled = ExpressionCompiler.Compile(expression, _language);
        return compiled.Message is { } message
            ? new CelCompilation(compiled.Issues, message)
            : new CelCompilation(new CelProgram(expression, compiled, _variables));
    }

    private static CelCompilation Refused(string message) => new([new CelIssue(-1, 0, message)], message);

    private static CelEnvironment Create(Version version, CelExpressionOrigin origin, bool hasParams)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (version.Major != 1 || version.Minor < OldestMinor)
        {
            throw new ArgumentOutOfRangeException(nameof(version), version, $"CEL in admission begins with Kubernetes 1.{OldestMinor}. Pass the version of a newer API server.");
        }

        return new CelEnvironment(version, origin, hasParams, new Dictionary<string, CelProgram>(StringComparer.Ordinal));
    }
}
