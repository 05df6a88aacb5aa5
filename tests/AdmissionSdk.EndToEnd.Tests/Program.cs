using AdmissionSdk.Testing.ApiServer;

// Starts an API server, says where its files are, and holds it until killed.
var server = await KubeApiServerFixture.StartAsync();
Console.WriteLine(Path.GetDirectoryName(server.KubeConfigPath));
await new TaskCompletionSource().Task;
