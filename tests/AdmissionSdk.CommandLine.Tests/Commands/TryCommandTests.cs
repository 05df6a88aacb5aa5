using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.CommandLine.Trying;
using AdmissionSdk.Models;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <remarks>Covers <see cref="TryCommand"/>, <see cref="TryOptions"/>, <see cref="Trial"/>, <see cref="TrialFacts"/>, <see cref="TrialResource"/>, <see cref="TrialReview"/>, <see cref="TrialReviewWriter"/>, <see cref="TrialWebhooks"/>, <see cref="ReviewVerdict"/>.</remarks>
public sealed class TryCommandTests : IDisposable
{
    private const string Images = "images.shop.example.com";
    private const string Guard = "guard.shop.example.com";
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: nginx\n";

    private readonly ManifestCommand _command = new();
    private readonly List<string> _seen = [];

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Try_Manifest_GoesThroughAllWebhooksThatTakeIt()
    {
        var run = await RunAsync("try", _command.Write("pod.yaml", Pod), "-n", "shop", "--user", "jane", "--group", "team");

        Assert.Equal(
            """
            CREATE pods shop/web by jane (dry run)

            images.shop.example.com at /mutate
              allowed
              patch: replace /spec/containers/0/image = "registry.example.com/nginx"

            guard.shop.example.com at /validate
              allowed
              warning: mind the gap
              audit: image=registry.example.com/nginx

            --- object
            +++ object
            @@ -9,7 +9,7 @@
                 "containers": [
                   {
                     "name": "web",
            -        "image": "nginx"
            +        "image": "registry.example.com/nginx"
                   }
                 ]
               }

            """.ReplaceLineEndings("\n"),
            run.Output);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("CREATE shop web True jane system:authenticated,team ", Assert.Single(_seen));
    }

    [Fact]
    public async Task Try_OneWebhook_AsksThatOneOnly()
    {
        var run = await RunAsync("try", Guard, _command.Write("pod.yaml", Pod.Replace("nginx", "evil", StringComparison.Ordinal)));

        Assert.Contains("\n  denied (403): evil is not allowed\\nhere\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Images, run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task Try_HandlerCannotDecide_IsTwo()
    {
        var run = await RunAsync("try", Guard, _command.Write("pod.yaml", Pod.Replace("nginx", "broken", StringComparison.Ordinal)));

        Assert.Contains("  failed: guard.shop.example.com: could not decide", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("--operation delete", "DELETE default web True admission-sdk:try system:authenticated ")]
    [InlineData("--old old.yaml", "UPDATE default web True admission-sdk:try system:authenticated old")]
    [InlineData("--operation update", "UPDATE default web True admission-sdk:try system:authenticated nginx")]
    public async Task Try_Operation_IsSent(string options, string seen)
    {
        var old = _command.Write("old.yaml", Pod.Replace("nginx", "old", StringComparison.Ordinal));

        var run = await RunAsync(["try", Guard, _command.Write("pod.yaml", Pod), .. options.Replace("old.yaml", old, StringComparison.Ordinal).Split(' ')]);

        Assert.Equal((0, seen), (run.ExitCode, Assert.Single(_seen)));
    }

    [Fact]
    public async Task Try_Connection_NeedsAName()
    {
        var file = _command.Write("exec.yaml", "apiVersion: v1\nkind: PodExecOptions\ncommand: [sh]\n");

        var run = await RunAsync("try", file, "--name", "db-0");
        var nameless = await RunAsync("try", file);

        Assert.StartsWith("CONNECT pods/exec default/db-0 by admission-sdk:try\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("denied (403): no shell in db-0", run.Output, StringComparison.Ordinal);
        Assert.Equal((2, "error: PodExecOptions does not name what to connect to: give --name.\n"), (nameless.ExitCode, nameless.Error));
    }

    [Fact]
    public async Task Try_Scale_NeedsAResource()
    {
        var file = _command.Write("scale.yaml", "apiVersion: autoscaling/v1\nkind: Scale\nmetadata: {name: web}\nspec: {replicas: 9}\n");

        var run = await RunAsync("try", file, "--resource", "apps/v1/deployments/scale");
        var unknown = await RunAsync("try", file);

        Assert.StartsWith("UPDATE deployments/scale default/web", run.Output, StringComparison.Ordinal);
        Assert.Contains("denied (403): 9 are too many", run.Output, StringComparison.Ordinal);
        Assert.Equal((2, "error: a Scale does not say what it scales: name the resource, such as --resource apps/v1/deployments/scale.\n"), (unknown.ExitCode, unknown.Error));
    }

    [Fact]
    public async Task Try_SavedReview_IsTriedAsItIs()
    {
        var saved = Path.Combine(Path.GetDirectoryName(_command.Write("pod.yaml", Pod))!, "review.json");

        var first = await RunAsync("try", _command.Write("pod.yaml", Pod), "--save", saved);
        var again = await RunAsync("try", saved);

        Assert.EndsWith("\ncurl -k -H 'Content-Type: application/json' --data-binary @review.json 'https://localhost:8443/mutate'\n", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output.Split("\ncurl")[0], again.Output);
        Assert.Equal("CREATE", (string?)JsonNode.Parse(_command.Read("review.json"))!["request"]!["operation"]);
    }

    [Theory]
    [InlineData("try none.yaml", "none.yaml")]
    [InlineData("try {two}", "two.yaml has several objects, and try takes one: use check, or a file with one.")]
    [InlineData("try {broken}", "broken.yaml:2:1: error: a comma or the closing ] is expected")]
    [InlineData("try {empty}", "empty.yaml has no object with apiVersion and kind.")]
    [InlineData("try {review}", "review.json: an AdmissionReview has a request, and this has not: record one, or name a manifest.")]
    [InlineData("try other.example.com {pod}", "the application has no webhook other.example.com: it has images.shop.example.com, guard.shop.example.com.")]
    [InlineData("try {service}", "no webhook takes CREATE of v1/services: name one of images.shop.example.com, guard.shop.example.com to ask it all the same.")]
    [InlineData("try images.shop.example.com", "name a file to send to images.shop.example.com: try images.shop.example.com pod.yaml.")]
    [InlineData("try {pod} --operation list", "--operation \"list\" is not an operation: create, update, delete or connect.")]
    [InlineData("try {pod} --operation connect", "--operation connect does not go with pods/, which is CREATE.")]
    [InlineData("try {pod} --resource pods", "--resource \"pods\" is not a resource: write group/version/resource/subresource")]
    public async Task Try_BadInput_IsOneLineAndTwo(string arguments, string message)
    {
        var files = new Dictionary<string, string>
        {
            ["{pod}"] = _command.Write("pod.yaml", Pod),
            ["{two}"] = _command.Write("two.yaml", $"{Pod}---\n{Pod}"),
            ["{broken}"] = _command.Write("broken.yaml", "kind: [Pod\n"),
            ["{empty}"] = _command.Write("empty.yaml", "name: x\n"),
            ["{review}"] = _command.Write("review.json", """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}"""),
            ["{service}"] = _command.Write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
        };

        var run = await RunAsync([.. arguments.Split(' ').Select(argument => files.GetValueOrDefault(argument, argument))]);

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(character => character == '\n'));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => _command.RunAsync(Register, arguments);

    private void Register(AdmissionWebhooksBuilder webhooks) => webhooks
        .AddMutatingWebhook(Images, webhook => webhook.Path("/mutate").Handle<V1Pod>(context =>
        {
            var container = context.Object.Spec.Containers[0];
            container.Image = container.Image.StartsWith("registry", StringComparison.Ordinal) ? container.Image : $"registry.example.com/{container.Image}";
            return AdmissionResult.Allow();
        }))
        .AddValidatingWebhook(Guard, webhook => webhook.Path("/validate")
            .Handle<V1Pod>(
                context =>
                {
                    var image = context.Object.Spec.Containers[0].Image;
                    var old = context.IsDelete ? null : context.OldObject?.Spec.Containers[0].Image;
                    _seen.Add($"{context.Operation.Value} {context.Namespace} {context.Name} {context.DryRun} {context.User.Username} {string.Join(',', context.User.Groups)} {old}");
                    context.Warn("mind the gap");
                    context.Annotate("image", image);
                    return image switch
                    {
                        "evil" => AdmissionResult.Deny("evil is not allowed\nhere"),
                        "broken" => AdmissionResult.Fail("nobody answers"),
                        _ => AdmissionResult.Allow(),
                    };
                },
                rule => rule.On(Operations.Create | Operations.Update | Operations.Delete))
            .Handle<PodExecOptions>(context => AdmissionResult.Deny($"no shell in {context.Name}"))
            .Handle<V1Scale>(
                context => AdmissionResult.Deny($"{context.Object.Spec.Replicas} are too many"),
                rule => rule.On(Operations.Update).Resource("apps", "v1", "deployments", "scale")));
}
