using System.Globalization;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;

// `dotnet run --project tests/AdmissionSdk.EndToEnd.Tests -c Release -- margins [REVIEWS]` prints the table of margins for docs/operations.md.
if (args is ["margins", ..])
{
    await MarginTable.PrintAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10);
    return;
}

// The process that a test kills: starts an API server, prints the directory of the server's files, and waits.
var server = await KubeApiServerFixture.StartAsync();
Console.WriteLine(Path.GetDirectoryName(server.KubeConfigPath));
await new TaskCompletionSource().Task;
