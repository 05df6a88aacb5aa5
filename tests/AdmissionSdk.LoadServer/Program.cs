// The server that `AdmissionSdk.Benchmarks load` measures: a ceiling, and one webhook for each way to write a handler.
using System.Globalization;
using AdmissionSdk.LoadServer;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.Services.AddAdmissionTls(tls => tls.Port = int.Parse(builder.Configuration["port"] ?? "0", CultureInfo.InvariantCulture));
builder.Services.AddAdmissionWebhooks().AddMeasured(int.Parse(builder.Configuration["webhooks"] ?? "0", CultureInfo.InvariantCulture));

var app = builder.Build();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
app.MapPost("/ceiling", Ceiling.HandleAsync);
app.MapGet("/allocated", static http => http.Response.WriteAsync(GC.GetTotalAllocatedBytes().ToString(CultureInfo.InvariantCulture)));

// A server whose starter is gone ends too: standard input is then at its end.
if (builder.Configuration["stdin"] is not null)
{
    _ = Task.Run(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }

        app.Lifetime.StopApplication();
    });
}

app.Run();
