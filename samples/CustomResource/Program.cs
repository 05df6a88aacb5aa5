using AdmissionSdk;
using CustomResource;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAdmissionTls();
builder.Services.AddAdmissionWebhooks()
    .AddMutator<Backup>("defaults.samples.example.com", context =>
    {
        var spec = context.Object.Spec ??= new BackupSpec();
        spec.Keep ??= 7;
        spec.Every ??= TimeSpan.FromDays(1); // "24h0m0s" on the wire
        return AdmissionResult.Allow();
    })
    .AddValidator<Backup, BackupGuard>("backups.samples.example.com");

var app = builder.Build();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
return await app.RunAdmissionWebhooksAsync(args);
