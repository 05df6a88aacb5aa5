// A webhook application like a user's, for the tests that run a user's own Program.
using AdmissionSdk;
using AdmissionSdk.Testing.Tests.App;
using k8s.Models;

if (args.Contains("--fail"))
{
    throw new InvalidOperationException("the program failed");
}

if (args.Contains("--help"))
{
    return 0;
}

if (args.Contains("--plain"))
{
    PlainProgram.Run(args);
    return 0;
}

if (args.Contains("--catch"))
{
    try
    {
        throw new FormatException("the setting is wrong");
    }
    catch (FormatException)
    {
        return 3;
    }
}

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(1));
builder.Services.AddSingleton(new Greeting("from the program"));
builder.Services.AddAdmissionWebhooks().AddValidator<V1Pod>(
    "pods.app.example.com",
    context => AdmissionResult.Deny($"{((Greeting)context.Services.GetService(typeof(Greeting))!).Text} in {builder.Environment.EnvironmentName}"));
var app = builder.Build();
app.Urls.Add("http://localhost:1");
app.MapAdmissionWebhooks();
await app.RunAsync();
return 0;
