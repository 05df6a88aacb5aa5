using k8s.Models;

namespace AdmissionSdk.Testing.Tests.App;

/// <summary>The program of <c>dotnet new web</c> with a webhook in it, and without the command line of the SDK.</summary>
internal static class PlainProgram
{
    public static void Run(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAdmissionTls();
        builder.Services.AddAdmissionWebhooks().AddValidator<V1Pod>("pods.app.example.com", _ => AdmissionResult.Allow());
        var app = builder.Build();
        IEndpointRouteBuilder routes = args.Contains("--group") ? app.MapGroup("/hooks") : app;
        routes.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        app.Run();
    }
}
