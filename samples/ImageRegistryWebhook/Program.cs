using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Hosting;

// These commands need no web host, and building one would take most of their time.
if (ImageCommandLine.Handles(args))
{
    return ImageCommandLine.Run(args);
}

var builder = WebApplication.CreateBuilder(args);
try
{
    builder.AddImageRegistryWebhook();
}
catch (InvalidOperationException exception) when (exception.InnerException is FormatException)
{
    // The binder's text names the setting and its value.
    Console.Error.WriteLine($"error: {exception.Message} Correct the setting.");
    return 2;
}

builder.AddTelemetry();

var app = builder.Build();
app.UseTelemetry();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
return await app.RunAdmissionWebhooksAsync(args, commandLine => commandLine.AddImageRegistryWebhook());

/// <summary>The entry point, public so that tests can start the program.</summary>
public partial class Program;
