using System.Globalization;
using AdmissionSdk.EndToEnd.Tests.Host;
using AdmissionSdk.Testing.ApiServer;

// `dotnet run --project tests/AdmissionSdk.EndToEnd.Tests -c Release -- margins [REVIEWS]` prints the table of margins for docs/operations.md.
if (args is ["margins", ..])
{
    await MarginTable.PrintAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10);
    return;
}

// What a test kills: starts an API server, says where its files are, and holds it.
var server = await KubeApiServerFixture.StartAsync();
Console.WriteLine(Path.GetDirectoryName(server.KubeConfigPath));
await new TaskCompletionSource().Task;
