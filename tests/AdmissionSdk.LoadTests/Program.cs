using System.Globalization;
using AdmissionSdk;
using AdmissionSdk.LoadTests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

if (Environment.GetEnvironmentVariable(RotatingReplica.ModeKey) is not null)
{
    return await RotatingReplica.RunAsync(args);
}

// One replica of a webhook, which tests start, and stop by a signal. Prints its address.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddAdmissionWebhooks(options => options.DrainDelay = TimeSpan.Parse(builder.Configuration[Replica.DrainDelayKey]!, CultureInfo.InvariantCulture))
    .AddMutatingWebhook("pods.load.example.com", webhook => webhook.Path("/webhook").Handle<V1Pod>(async (context, cancellationToken) =>
    {
        // Long enough for some reviews to be in flight whenever the signal comes.
        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        (context.Object.Metadata.Labels ??= new Dictionary<string, string>())["seen"] = "yes";
        return AdmissionResult.Allow();
    }));
var app = builder.Build();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(app.Urls.Single()));
return await app.RunAdmissionWebhooksAsync(args);
