using AdmissionSdk;
using LabelMutator;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAdmissionTls();
builder.Services.AddAdmissionWebhooks().AddMutator<PartialObjectMetadata, CostCenterLabel>(
    "labels.samples.example.com",
    rule => rule.Resource("apps", "v1", "deployments").Resource("apps", "v1", "statefulsets").Resource("batch", "v1", "jobs").Resource("", "v1", "services"),
    webhook => webhook.FailurePolicy(FailurePolicy.Ignore)); // a label is not worth an outage

var app = builder.Build();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
return await app.RunAdmissionWebhooksAsync(args);
