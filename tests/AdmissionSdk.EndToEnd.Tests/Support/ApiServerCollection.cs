namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>The collection of tests that share one API server: put <c>[Collection(ApiServerCollection.Name)]</c> on a class to get the <see cref="ApiServerSession"/> in its constructor.</summary>
[CollectionDefinition(Name)]
public sealed class ApiServerCollection : ICollectionFixture<ApiServerSession>
{
    public const string Name = "ApiServer";
}
