namespace AdmissionSdk.EndToEnd.Tests;

/// <summary>Put <c>[Collection(ApiServerTests.Name)]</c> on a class to get the <see cref="ApiServerSession"/> in its constructor.</summary>
[CollectionDefinition(Name)]
public sealed class ApiServerTests : ICollectionFixture<ApiServerSession>
{
    public const string Name = "ApiServer";
}
