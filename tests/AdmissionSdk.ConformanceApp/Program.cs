// The webhook server that Kubernetes' conformance tests of admission webhooks ask for, with every endpoint of theirs.
using AdmissionSdk.ConformanceApp;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAdmissionTls();
ConformanceWebhooks.Add(builder.Services.AddAdmissionWebhooks());
var app = builder.Build();
ConformanceWebhooks.Map(app);
await app.RunAsync();
