#region getting-started
using AdmissionSdk;
using k8s.Models;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAdmissionTls(); // https on port 8443: the API server speaks nothing else
builder.Services.AddAdmissionWebhooks()
    .AddMutator<V1Pod, RegistryRewriter>("images.registry.example.com");
var app = builder.Build();
app.MapAdmissionWebhooks();
app.MapAdmissionHealthChecks();
return await app.RunAdmissionWebhooksAsync(args); // serves, or runs a command such as `try`

sealed class RegistryRewriter : IMutator<V1Pod>
{
    const string Registry = "registry.example.com/";

    public ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        foreach (var container in context.Object.Spec?.Containers ?? []) // a pod with `spec: {}` comes here too
        {
            if (container.Image?.StartsWith(Registry, StringComparison.Ordinal) == false)
            {
                container.Image = Registry + container.Image; // edit in place: the SDK finds the patch
            }
        }

        return AdmissionResult.Allow();
    }
}
#endregion
