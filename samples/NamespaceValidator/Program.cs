using k8s.Models;
using NamespaceValidator;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAdmissionTls();
builder.Services.AddAdmissionWebhooks()
    .AddNamespaceLookup()
    .AddValidator<V1Service, ExposureGuard>("exposure.samples.example.com");

var app = builder.Build();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
return await app.RunAdmissionWebhooksAsync(args);
