using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using k8s.Models;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>The decisions of match conditions, and their place in the order (contract 3).</summary>
internal static class ConditionScenarios
{
    private const string ReadsAbsent = "object.data.absent == 'x'";
    private const string ReadsAbsentLabel = "object.metadata.labels.a == 'x'";
    private const string TwoChecks = "authorizer.path('/a').check('get').allowed() && authorizer.path('/b').check('get').allowed()";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("3.2", "request.resource is the original where request.kind is the converted one", [Mutating("m", Reply.Allow, webhook =>
        {
            On("*", "agreement.example.com", "v1beta1", "widgets")(webhook);
            When("request.operation == 'CREATE' && request.resource.version == 'v1' && request.kind.version == 'v1beta1'")(webhook);
        })], CreateWidget()),
        Scenario("3.2", "request.requestKind is the original, and the object has the converted version", [Validating("v", Reply.Allow, webhook =>
        {
            On("*", "agreement.example.com", "v1beta1", "widgets")(webhook);
            When("request.requestKind.version == 'v1' && object.apiVersion == 'agreement.example.com/v1beta1'")(webhook);
        })], CreateWidget()),
        Scenario("3.3", "one false outweighs an error", [Mutating("m", Reply.Allow, When(ReadsAbsent, "false"))], CreateMap()),
        Scenario("3.3", "an error after a false changes nothing", [Mutating("m", Reply.Allow, When("false", ReadsAbsent))], CreateMap()),
        Scenario("3.3", "all conditions have to hold", [Mutating("all", Reply.Allow, When("true", "1 < 2")), Mutating("but-one", Reply.Allow, When("true", "1 > 2", "true"))], CreateMap()),
        Scenario("3.3", "an error under Ignore passes the webhook over", [Mutating("m", Reply.Allow, Both(Ignore, When(ReadsAbsent)))], CreateMap()),
        Scenario("3.3", "an error under Ignore leaves the other webhooks alone", [Validating("v", Reply.Allow, Both(Ignore, When(ReadsAbsent))), Validating("w", Reply.Allow, When("object.data.k == 'v'"))], CreateMap()),
        Scenario("3.4", "an error is forbidden and no validating webhook is called", [Validating("v", Reply.Allow), Validating("w", Reply.Allow, When("true", ReadsAbsent))], CreateMap()),
        Scenario("3.4", "several errors are listed", [Mutating("m", Reply.Allow, When(ReadsAbsent, ReadsAbsent))], CreateMap()),
        Scenario("3.4", "different errors are listed in order", [Mutating("m", Reply.Allow, When(ReadsAbsent, "true", ReadsAbsentLabel))], CreateMap()),
        Scenario("3.4", "an error comes after the mutating webhooks before it", [Mutating("a", Reply.Allow), Mutating("b", Reply.Allow, When(ReadsAbsent)), Mutating("c", Reply.Allow)], CreateMap()),
        Scenario("3.4", "the error of a deletion names the object", [Validating("v", Reply.Allow, When("object.metadata.name == 'm'"))], DeleteMap()) with { Before = [CreateMap()] },
        Scenario("3.4", "the error of a custom resource names its group", [Validating("v", Reply.Allow, Both(OnWidgets(), When("object.spec.absent == 1")))], CreateWidget()),
        Scenario("3.5", "three questions to the authorizer are too many for an expression", [Mutating("m", Reply.Allow, When(TwoChecks + " && authorizer.path('/c').check('get').allowed()"))], CreateMap()),
        Scenario("3.5", "two questions are not", [Mutating("m", Reply.Allow, When(TwoChecks))], CreateMap()),
        Scenario("3.5", "loops in loops cost too much", [Mutating("m", Reply.Allow, When(Loops))], CreateMap()),
        Scenario("3.5", "a cost that is too high follows failurePolicy", [Mutating("m", Reply.Allow, Both(Ignore, When(Loops)))], CreateMap()),
        Scenario("3.5", "seven questions in all conditions are within the budget", [Mutating("m", Reply.Allow, When(TwoChecks, TwoChecks, TwoChecks, "authorizer.path('/c').check('get').allowed()"))], CreateMap()),
        Scenario("3.5", "eight questions in all conditions are not", [Mutating("m", Reply.Allow, When(TwoChecks, TwoChecks, TwoChecks, TwoChecks))], CreateMap()),
        Scenario("3.5", "the budget outweighs a false before", [Mutating("m", Reply.Allow, When("false", TwoChecks, TwoChecks, TwoChecks, TwoChecks))], CreateMap()),
        Scenario("2.10", "conditions come after the rules", [Mutating("m", Reply.Allow, Both(On("DELETE", "", "v1", "configmaps"), When(ReadsAbsent)))], CreateMap()),
        Scenario("2.10", "conditions come after the objectSelector", [Mutating("m", Reply.Allow, Both(WhenLabelled("x"), When(ReadsAbsent)))], CreateMap()),
        Scenario("2.10", "conditions come after the namespaceSelector", [Mutating("m", Reply.Allow, Both(webhook => webhook.NamespaceSelector = Exists("x"), When(ReadsAbsent)))], CreateMap()),
        Scenario("2.10", "a condition sees the patches of webhooks before", [
            Mutating("a", Set("x")), Mutating("b", Reply.Allow, When("object.data.x == 'x'")), Mutating("c", Reply.Allow, When("!has(object.data.x)")), Validating("v", Reply.Allow, When("object.data.x == 'x'"))], CreateMap()),
        Scenario("2.10", "a condition that holds no longer spares the second call", [
            Mutating("a", Reply.Allow, Both(webhook => webhook.ReinvocationPolicy = "IfNeeded", When("!has(object.data.x)"))), Mutating("b", Set("x"))], CreateMap()),
        Scenario("2.10", "an error in the second pass rejects the request", [
            Mutating("a", Reply.Allow, Both(webhook => webhook.ReinvocationPolicy = "IfNeeded", When("!has(object.data.x) || object.data.y == 'y'"))), Mutating("b", Set("x"))], CreateMap()),
        Scenario("2.10", "each item of a collection is judged by itself", [Validating("v", Reply.Allow, When("oldObject.metadata.name != 'a'"))],
            new Step(Verb.DeleteCollection, KindInfo.ConfigMap, "", "")) with { Before = [CreateMap("a"), CreateMap("b")] },
    ];

    private static string Loops => string.Concat("abcdef".Select(name => $"[1,2,3,4,5,6,7,8,9,10].all({name}, ")) + "true" + new string(')', 6);

    public static Action<V1MutatingWebhook> When(params string[] expressions) =>
        webhook => webhook.MatchConditions = [.. expressions.Select((expression, i) => new V1MatchCondition { Name = $"c{i}", Expression = expression })];

    public static Action<V1MutatingWebhook> Both(Action<V1MutatingWebhook> first, Action<V1MutatingWebhook> second) => first + second;

    private static Func<ScenarioCall, Reply> Set(string name) => Reply.Patch($$"""[{"op":"add","path":"/data/{{name}}","value":"{{name}}"}]""");
}
