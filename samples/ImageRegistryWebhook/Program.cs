using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Hosting;

if (ImageCommandLine.Handles(args))
{
    return ImageCommandLine.Run(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddImageRegistryWebhook();

var app = builder.Build();
app.MapAdmissionWebhooks();
app.Run();
return 0;

/// <summary>The entry point, public so that tests can start it.</summary>
public partial class Program;
