using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios.ConditionScenarios;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>The variables, types and libraries of match conditions (contract 3.1, 3.6).</summary>
internal static class ConditionLanguageScenarios
{
    private static readonly Impersonation Alice = new("agreement-alice", ["system:masters"], new Dictionary<string, IReadOnlyList<string>> { ["team"] = ["shop"] });

    private static readonly string[] WrongTypes =
    [
        "object.data.startsWith('x')", "object.data.k.startsWith(object.data)", "object.data.endsWith('x')", "object.data.contains('x')", "object.data.matches('x')", "object.data.k.matches(object.data)",
        "object.data.lowerAscii() == ''", "object.data.split(',') == []", "object.data.k.getFullYear() == 1", "size(object.metadata.creationTimestamp) == 1", "size(request.dryRun ? object.data : object.immutable) == 1", "object.data.indexOf('a') == 1", "object.data.isSorted()",
        "object.data.k.exists(x, true)", "duration(object.data) == duration('1s')", "-object.data.k == 1", "!object.data.k", "object.data.k + 1 == 2", "object.data.k in object.data.k", "object.data.k.all(x, true)", "object.data.k[0] == 'v'",
        "object.data.k.x == 'v'", "has(object.data.k.x)", "object.data.k < object.data", "int(object.data) == 1", "string(object.data) == ''", "object.data.k.find('v') == object.data", "object.data.find('v') == ''", "url(object.data) == url('a')", "ip(object.data.k).family() == 4",
    ];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("3.1", "object is what the request holds", [Mutating("yes", Reply.Allow, When("object.data.k == 'v'")), Mutating("no", Reply.Allow, When("false"))], CreateMap()),
        Scenario("3.1", "absent objects are null", [Validating("v", Reply.Allow, When("oldObject == null && namespaceObject == null"))], CreateMap()),
        Scenario("3.1", "a field of an absent object is an error", [Validating("v", Reply.Allow, When("oldObject.data.k == 'v'"))], CreateMap()),
        Scenario("3.1", "a field of namespaceObject is an error", [Validating("v", Reply.Allow, When("namespaceObject.metadata.name == 'x'"))], CreateMap()),
        Scenario("3.1", "has() asks without an error", [Validating("yes", Reply.Allow, When("has(object.data.k) && !has(object.data.absent)")), Validating("no", Reply.Allow, When("has(object.metadata.labels)"))], CreateMap()),
        Scenario("3.1", "an update has both objects", [Validating("v", Reply.Allow, When("oldObject.data.k == 'v' && object.data.k == 'w'")), Validating("same", Reply.Allow, When("object == oldObject"))], UpdateMap()) with { Before = [CreateMap()] },
        Scenario("3.1", "a deletion has the old object only", [Validating("v", Reply.Allow, When("object == null && oldObject.data.k == 'v'"))], DeleteMap()) with { Before = [CreateMap()] },
        Scenario("3.1", "the operation tells writes apart", [Validating("v", Reply.Allow, When("request.operation in ['CREATE', 'UPDATE']"))], CreateMap(), UpdateMap(), DeleteMap()),
        Scenario("3.1", "the request has a name and a namespace", [Mutating("m", Reply.Allow, When("request.name == 'm' && request.namespace == object.metadata.namespace"))], CreateMap()),
        Scenario("3.1", "the request has kind and resource", [Mutating("m", Reply.Allow, When("request.kind.kind == 'ConfigMap' && request.kind.group == '' && request.resource.resource == 'configmaps' && request.requestResource.version == 'v1'"))], CreateMap()),
        Scenario("3.1", "the request of an object has no subresource", [Mutating("m", Reply.Allow, When("!has(request.subResource) && !has(request.requestSubResource)"))], CreateMap()),
        Scenario("3.1", "reading the subresource of an object is an error", [Mutating("m", Reply.Allow, When("request.subResource == ''"))], CreateMap()),
        Scenario("3.1", "a status update has a subresource", [Validating("v", Reply.Allow, Both(On("*", "agreement.example.com", "v1", "widgets/*"), When("request.subResource == 'status' && object.status.x == 1")))],
            PatchWidget("""{"status":{"x":1}}""", "status")) with { Before = [CreateWidget()] },
        Scenario("3.1", "a scale request has a Scale", [Validating("v", Reply.Allow, Both(On("*", "agreement.example.com", "v1", "widgets/*"), When("request.kind.kind == 'Scale' && object.spec.replicas == 3 && request.resource.resource == 'widgets'")))],
            PatchWidget("""{"spec":{"replicas":3}}""", "scale")) with { Before = [CreateWidget()] },
        Scenario("3.1", "a dry run says so", [Mutating("dry", Reply.Allow, When("request.dryRun")), Mutating("wet", Reply.Allow, When("!request.dryRun"))], CreateMap() with { DryRun = true }, CreateMap()),
        Scenario("3.1", "the options have kind and field manager", [Mutating("m", Reply.Allow, When("request.options.kind == 'CreateOptions' && request.options.fieldManager == 'agreement' && !has(request.options.dryRun)"))], CreateMap() with { FieldManager = "agreement" }),
        Scenario("3.1", "the user has a name, groups and extra", [
            Mutating("m", Reply.Allow, When("request.userInfo.username == 'agreement-alice' && 'system:masters' in request.userInfo.groups && request.userInfo.extra['team'] == ['shop']")),
            Mutating("other", Reply.Allow, When("request.userInfo.username.startsWith('system:')"))], CreateMap() with { As = Alice }),
        Scenario("3.1", "a user without a uid has no uid", [Mutating("m", Reply.Allow, When("!has(request.userInfo.uid)"))], CreateMap() with { As = Alice }),
        Scenario("3.1", "the authorizer is asked about the user", [
            Mutating("may", Reply.Allow, When("authorizer.group('').resource('pods').namespace('default').check('create').allowed()")),
            Mutating("may-write", Reply.Allow, When("authorizer.requestResource.check('update').allowed()"))], CreateMap() with { As = Alice }),
        Scenario("3.1", "the authorizer is asked about a service account", [Mutating("m", Reply.Allow, When("authorizer.serviceAccount('default', 'nobody').group('').resource('secrets').check('get').allowed()"))], CreateMap()),
        Scenario("3.6", "logic absorbs errors", [
            Mutating("or", Reply.Allow, When("object.data.absent == 'x' || true")), Mutating("and", Reply.Allow, When("object.data.absent == 'x' && false")), Mutating("choice", Reply.Allow, When("has(object.data.absent) ? object.data.absent == 'x' : true"))], CreateMap()),
        Scenario("3.6", "optional fields have a way out", [Mutating("m", Reply.Allow, When("object.metadata.?labels[?'a'].orValue('none') == 'none'")), Mutating("n", Reply.Allow, When("object.?data.k.hasValue()"))], CreateMap()),
        Scenario("3.6", "an operator for other types is an error", [Mutating("m", Reply.Allow, When("object.data.k > 5"))], CreateMap()),
        Scenario("3.6", "a function for other types is an error", [Mutating("m", Reply.Allow, When([.. WrongTypes.Select(expression => $"({expression}) || object.none == 1")]))], CreateMap()),
        Scenario("3.6", "a value that is not a bool is an error", [Mutating("m", Reply.Allow, When("object.data.k || false"))], CreateMap()),
        Scenario("3.6", "an index beyond the end is an error", [Mutating("m", Reply.Allow, When("[1, 2][object.data.size() + 5] == 1"))], CreateMap()),
        Scenario("3.6", "a text that is not a number is an error", [Mutating("m", Reply.Allow, When("int(object.data.k) > 0"))], CreateMap()),
        Scenario("3.6", "a division by zero is an error", [Mutating("m", Reply.Allow, When("1 / (object.data.size() - 1) == 1"))], CreateMap()),
        Scenario("3.6", "a bad quantity is an error", [Mutating("m", Reply.Allow, When("quantity(object.data.k).isGreaterThan(quantity('1Gi'))"))], CreateMap()),
        Scenario("3.6", "lists of an object have macros", [
            Mutating("all", Reply.Allow, Both(On("CREATE", "", "v1", "pods"), When("object.spec.containers.all(c, c.image.startsWith('nginx:'))"))),
            Mutating("none", Reply.Allow, Both(On("CREATE", "", "v1", "pods"), When("object.spec.containers.exists(c, !c.image.contains(':'))"))),
            Mutating("map", Reply.Allow, Both(On("CREATE", "", "v1", "pods"), When("object.spec.containers.map(c, c.name) == ['c']")))], CreatePod() with { DryRun = true }),
        Scenario("3.6", "the numbers of an object are ints", [Mutating("m", Reply.Allow, Both(OnWidgets(), When("object.spec.replicas == 1 && type(object.spec.replicas) == int"))), Mutating("half", Reply.Allow, Both(OnWidgets(), When("object.spec.free.x == 1.5")))],
            CreateWidget("""{"free":{"x":1.5}}""")),
        Scenario("3.6", "characters are code points", [Mutating("m", Reply.Allow, When("object.data.k.size() == 2 && object.data.k.charAt(1) == 'é'"))], CreateMap(data: """{"k":"😀é"}""")),
        Scenario("3.6", "texts have functions", [Mutating("m", Reply.Allow, When("object.data.k.upperAscii().split(',').size() == 2 && object.metadata.name.matches('^[a-m]$') && object.data.k.replace(',', '').substring(1) == 'b'"))], CreateMap(data: """{"k":"a,b"}""")),
        Scenario("3.6", "quantities, addresses and versions have types", [
            Mutating("quantity", Reply.Allow, When("quantity('500Mi').isLessThan(quantity('1Gi'))")), Mutating("address", Reply.Allow, When("cidr('10.0.0.0/8').containsIP(ip('10.1.2.3'))")),
            Mutating("semver", Reply.Allow, When("semver('1.10.0').isGreaterThan(semver('1.9.0'))")), Mutating("url", Reply.Allow, When("url('https://a.b:8443/c').getHostname() == 'a.b'"))], CreateMap()),
        Scenario("3.6", "names have formats", [Mutating("m", Reply.Allow, When("!format.dns1123Label().validate(object.metadata.name).hasValue() && format.dns1123Label().validate('A_').hasValue()"))], CreateMap()),
        Scenario("3.6", "maps have macros with two variables", [Mutating("m", Reply.Allow, When("object.data.all(k, v, k == 'k' && v == 'v')"))], CreateMap()),
        Scenario("3.6", "an expression has lines and comments", [Mutating("m", Reply.Allow, When("// only ours\nobject.data.k == 'v' &&\n  true"))], CreateMap()),
    ];
}
