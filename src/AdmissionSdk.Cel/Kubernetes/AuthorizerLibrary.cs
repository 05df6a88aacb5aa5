using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>Checks of what the user, or a service account, may do. The answers come from an <see cref="ICelAuthorizer"/>.</summary>
internal static class AuthorizerLibrary
{
    private const string Authorizer = AuthorizerValue.Authorizer;
    private const string Path = AuthorizerValue.PathCheck;
    private const string Group = AuthorizerValue.GroupCheck;
    private const string Resource = AuthorizerValue.ResourceCheck;
    private const string Decision = DecisionValue.Name;

    public static FunctionLibrary Create() => new FunctionLibrary()
        .Add("authorizer_path", $"({Authorizer}).path(string): {Path}", static a => IsBlank(a[1]) ? new ErrorValue("path must not be empty") : Next(a, Path, static (check, text) => check with { Path = text }))
        .Add("authorizer_group", $"({Authorizer}).group(string): {Group}", static a => Next(a, Group, static (check, text) => check with { Group = text }))
        .Add("authorizer_serviceaccount", $"({Authorizer}).serviceAccount(string, string): {Authorizer}", static a => ServiceAccount((AuthorizerValue)a[0], Text(a[1]), Text(a[2])))
        .Add("groupcheck_resource", $"({Group}).resource(string): {Resource}", static a => IsBlank(a[1]) ? new ErrorValue("resource must not be empty") : Next(a, Resource, static (check, text) => check with { Resource = text }))
        .Add("resourcecheck_subresource", $"({Resource}).subresource(string): {Resource}", static a => Next(a, Resource, static (check, text) => check with { Subresource = text }))
        .Add("resourcecheck_namespace", $"({Resource}).namespace(string): {Resource}", static a => Next(a, Resource, static (check, text) => check with { Namespace = text }))
        .Add("resourcecheck_name", $"({Resource}).name(string): {Resource}", static a => Next(a, Resource, static (check, text) => check with { Name = text }))
        .Add("pathcheck_check", $"({Path}).check(string): {Decision}", static a => ((AuthorizerValue)a[0]).Decide(Text(a[1])))
        .Add("resourcecheck_check", $"({Resource}).check(string): {Decision}", static a => ((AuthorizerValue)a[0]).Decide(Text(a[1])))
        .Add("decision_errored", $"({Decision}).errored(): bool", static a => BoolValue.Of(Of(a[0]).Error is not null))
        .Add("decision_error", $"({Decision}).error(): string", static a => new StringValue(Of(a[0]).Error ?? ""))
        .Add("decision_allowed", $"({Decision}).allowed(): bool", static a => BoolValue.Of(Of(a[0]).Allowed))
        .Add("decision_reason", $"({Decision}).reason(): string", static a => new StringValue(Of(a[0]).Reason));

    public static FunctionLibrary Selectors() => new FunctionLibrary()
        .Add("authorizer_fieldselector", $"({Resource}).fieldSelector(string): {Resource}", static a => Next(a, Resource, static (check, text) => check with { FieldSelector = text }))
        .Add("authorizer_labelselector", $"({Resource}).labelSelector(string): {Resource}", static a => Next(a, Resource, static (check, text) => check with { LabelSelector = text }));

    private static string Text(CelValue value) => ((StringValue)value).Value;

    private static bool IsBlank(CelValue value) => string.IsNullOrWhiteSpace(Text(value));

    private static CelAuthorizationDecision Of(CelValue value) => ((DecisionValue)value).Decision;

    private static AuthorizerValue Next(ReadOnlySpan<CelValue> arguments, string type, Func<CelAuthorizationCheck, string, CelAuthorizationCheck> change)
    {
        var value = (AuthorizerValue)arguments[0];
        return value.With(type, change(value.Check, Text(arguments[1])));
    }

    private static CelValue ServiceAccount(AuthorizerValue value, string ns, string name) =>
        FormatValue.All["dns1123Subdomain"].Validate(name).Any() ? new ErrorValue("Invalid service account name")
        : FormatValue.All["dns1123Label"].Validate(ns).Any() ? new ErrorValue("Invalid service account namespace")
        : value.With(AuthorizerValue.Authorizer, value.Check with { ServiceAccount = (ns, name) });
}
