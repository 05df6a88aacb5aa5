using AdmissionSdk.Cel;

namespace ImageRegistryWebhook.Guarding;

/// <summary>A guard policy, compiled and evaluated as the API server does, for commands and tests.</summary>
internal sealed class GuardProgram
{
    /// <summary>The most that all expressions of a policy may cost for one request.</summary>
    public const long CostLimit = 10_000_000;

    private readonly CelProgram _validation;
    private readonly CelProgram _message;

    private GuardProgram(CelProgram validation, CelProgram message) => (_validation, _message) = (validation, message);

    /// <summary>Compiles a policy.</summary>
    /// <exception cref="FormatException">The API server would refuse an expression.</exception>
    public static GuardProgram Compile(GeneratedGuard guard, Version kubernetesVersion)
    {
        var environment = CelEnvironment.ForAdmissionPolicies(kubernetesVersion);
        foreach (var (name, expression) in guard.Variables)
        {
            environment = environment.WithVariable(name, Check(name, environment.CompileAny(expression)));
        }

        return new GuardProgram(Check("validation", environment.Compile(guard.Validation)), Check("message", environment.CompileAny(guard.MessageExpression)));
    }

    /// <summary>Judges a request.</summary>
    /// <returns>True if the request is allowed; an expression that fails denies. And the cost.</returns>
    public (bool IsAllowed, long Cost) Judge(CelInputs request, CancellationToken cancellationToken = default)
    {
        var result = _validation.Evaluate(request, cancellationToken);
        return (result.Cost <= CostLimit && result.Value is { } value && value.TryGetBoolean(out var allowed) && allowed, result.Cost);
    }

    /// <summary>The message of a denial, or the error of the expression that failed.</summary>
    public string Explain(CelInputs request, CancellationToken cancellationToken = default)
    {
        if (_validation.Evaluate(request, cancellationToken).Error is { } error)
        {
            return $"expression '{_validation.Expression}' resulted in error: {error}";
        }

        // The API server shows the fixed message in place of a text with a line break.
        var text = _message.Evaluate(request, cancellationToken).Value?.ToString();
        return string.IsNullOrWhiteSpace(text) || text.AsSpan().ContainsAny('\r', '\n') ? GeneratedGuard.Message : text;
    }

    private static CelProgram Check(string name, CelCompilation compilation) =>
        compilation.Program ?? throw new FormatException($"{name}: {compilation.Message}");
}
