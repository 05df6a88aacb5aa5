using AdmissionSdk;
using k8s.Models;
using SidecarInjector;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAdmissionTls();
builder.Services.AddAdmissionWebhooks().AddMutator<V1Pod, ProxySidecar>("proxy.samples.example.com", webhook: webhook => webhook
    .ObjectSelector(labels => labels.HasValue("samples.example.com/proxy", "on")) // pods opt in
    .FailurePolicy(FailurePolicy.Ignore));

var app = builder.Build();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
return await app.RunAdmissionWebhooksAsync(args);
