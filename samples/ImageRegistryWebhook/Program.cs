using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Hosting;

// What needs no web host runs before one is built, which takes most of such a command's time.
if (ImageCommandLine.Handles(args))
{
    return ImageCommandLine.Run(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddImageRegistryWebhook();
builder.AddTelemetry();

var app = builder.Build();
app.UseTelemetry();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
return await app.RunAdmissionWebhooksAsync(args, commandLine => commandLine.AddImageRegistryWebhook());

/// <summary>The entry point, public so that tests can start it.</summary>
public partial class Program;
