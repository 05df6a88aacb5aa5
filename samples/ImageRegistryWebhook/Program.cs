using ImageRegistryWebhook.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddImageRegistryWebhook();

var app = builder.Build();
app.MapAdmissionWebhooks();
app.Run();

/// <summary>The entry point, public so that tests can start it.</summary>
public partial class Program;
