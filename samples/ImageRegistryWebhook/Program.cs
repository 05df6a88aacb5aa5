using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Hosting;

// These commands need no web host, and building one would take most of their time.
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

/// <summary>The entry point, public so that tests can start the program.</summary>
public partial class Program;
