// A program that CI publishes with NativeAOT and runs: serves built-in kinds, a user's type and raw JSON, and checks its own responses.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk;
using AdmissionSdk.AotApp;
using k8s.Models;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddAdmissionWebhooks(options => options.JsonTypeInfoResolver = WidgetJsonContext.Default)
    .AddMutatingWebhook("pods.aot.example.com", webhook => webhook.Path("/pods").Handle<V1Pod, PodDefaulter>())
    .AddMutatingWebhook("widgets.aot.example.com", webhook => webhook.Path("/widgets").Handle<Widget>(context =>
    {
        context.Object.Spec!.Parts!.Insert(0, "first");
        return AdmissionResult.Allow();
    }))
    .AddValidatingWebhook("any.aot.example.com", webhook => webhook.Path("/any").Handle<JsonObject>(
        context => AdmissionResult.Invalid(new FieldError("spec", context.Object["kind"]!.GetValue<string>())),
        rule => rule.Resource("*", "*", "*")))
    .AddValidatingWebhook("meta.aot.example.com", webhook => webhook.Path("/meta").Handle<PartialObjectMetadata>(
        context => AdmissionResult.Deny(context.Object.Metadata.Name), rule => rule.Resource("*", "*", "*")));

await using var app = builder.Build();
app.MapAdmissionWebhooks();
await app.StartAsync();
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

var pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{"name":"a","image":"b","future":1}]}}""";
var widget = """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"},"spec":{"color":"red","parts":["a"],"unknown":true}}""";
await ExpectPatchAsync("/pods", "", "pods", pod, "\"aot\":\"yes\"");
await ExpectPatchAsync("/widgets", "example.com", "widgets", widget, """{"op":"add","path":"/spec/parts/0","value":"first"}""");
await ExpectMessageAsync("/any", widget, "spec: Widget");
await ExpectMessageAsync("/meta", pod, "web");
Console.WriteLine("Success!");

async Task<JsonNode> SendAsync(string path, string group, string resource, string @object)
{
    var body = $$$"""
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","operation":"CREATE",
        "resource":{"group":"{{{group}}}","version":"v1","resource":"{{{resource}}}"},"object":{{{@object}}}}}
        """;
    using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
    content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
    using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
    var text = await response.Content.ReadAsStringAsync();
    return response.IsSuccessStatusCode ? JsonNode.Parse(text)!["response"]! : throw new InvalidOperationException($"{path}: {text}");
}

async Task ExpectPatchAsync(string path, string group, string resource, string @object, string expected)
{
    var response = await SendAsync(path, group, resource, @object);
    var patch = Encoding.UTF8.GetString(Convert.FromBase64String(response["patch"]!.GetValue<string>()));
    Check(path, patch.Contains(expected, StringComparison.Ordinal), patch);
}

async Task ExpectMessageAsync(string path, string @object, string expected)
{
    var message = (await SendAsync(path, "", "things", @object))["status"]!["message"]!.GetValue<string>();
    Check(path, message == expected, message);
}

static void Check(string what, bool holds, string actual)
{
    if (!holds)
    {
        throw new InvalidOperationException($"The response of {what} is not as expected: {actual}");
    }

    Console.WriteLine($"{what}: {actual}");
}
