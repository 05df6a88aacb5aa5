using System.Text.Json;
using System.Text.Json.Nodes;
using ImageRegistryWebhook.Policies;
using Json.Schema;
using YamlDotNet.Serialization;

namespace ImageRegistryWebhook.Tests.Policies;

/// <summary>The schema and the reader agree about policies.</summary>
/// <remarks>Covers samples/ImageRegistryWebhook/policy.schema.json, <see cref="PolicyKeys"/>, <see cref="PolicyReader"/>.</remarks>
public sealed class PolicySchemaTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.schema.json"));
    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    public static TheoryData<string> Policies =>
    [
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.yaml")),
        .. Examples.Names.Select(Examples.Text),
        .. PolicyText.Samples,
        """{"$schema": "policy.schema.json", "rules": [{"name": "a", "match": {"tags": [""]}, "action": "warn"}], "default": "allow"}""",
    ];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Schema_PolicyThatTheReaderTakes_IsValid(string policy)
    {
        Assert.Empty(PolicyText.Errors(policy));
        Assert.True(IsValid(policy));
    }

    [Theory]
    [InlineData("rules: []")]
    [InlineData("default: maybe")]
    [InlineData("default: allow\ndefalt: deny")]
    [InlineData("default: allow\nrules: {}")]
    [InlineData("default: allow\nrules: [{action: allow}]")]
    [InlineData("default: allow\nrules: [{name: a}]")]
    [InlineData("default: allow\nrules: [{name: pin, action: allow}]")]
    [InlineData("default: allow\nrules: [{name: a, action: rewrite}]")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, target: b.example.com}]")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {tags: [1.5]}}]")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {tags: []}}]")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {namespaces: ['']}}]")]
    [InlineData("default: allow\nrules: [{name: a, action: rewrite, target: b.example.com, imagePullSecrets: ['']}]")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {podLabels: {matchExpressions: [{key: a, operator: Is}]}}}]")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {podLabels: {matchExpressions: [{key: a, operator: In}]}}}]")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {podLabels: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}}]")]
    [InlineData("default: allow\nrequire: {digest: 'true'}")]
    [InlineData("default: allow\npin: {}")]
    [InlineData("default: allow\npin: {onMiss: deny}")]
    [InlineData("default: allow\ncheck: {timeout: 1}")]
    [InlineData("default: allow\ncheck: {timeout: 0s}")]
    [InlineData("default: allow\nrecord: {audit: 1}")]
    public void Schema_PolicyThatTheReaderRefuses_IsNotValid(string policy)
    {
        Assert.NotEmpty(PolicyText.Errors(policy));
        Assert.False(IsValid(policy));
    }

    [Fact]
    public void Schema_HasTheKeysOfTheReader()
    {
        using var schema = JsonDocument.Parse(Text);
        var definitions = schema.RootElement.GetProperty("$defs");
        Check(schema.RootElement, PolicyKeys.Policy);
        Check(definitions.GetProperty("rule"), PolicyKeys.Rule);
        Check(definitions.GetProperty("match"), PolicyKeys.Match);
        Check(definitions.GetProperty("selector"), PolicyKeys.Selector);
        Check(definitions.GetProperty("expression"), PolicyKeys.Expression);
        Check(definitions.GetProperty("require"), PolicyKeys.Require);
        Check(definitions.GetProperty("pin"), PolicyKeys.Pin);
        Check(definitions.GetProperty("check"), PolicyKeys.Check);
        Check(definitions.GetProperty("record"), PolicyKeys.Record);

        static void Check(JsonElement section, string[] keys)
        {
            Assert.Equal(keys.Order(), section.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order());
            Assert.False(section.GetProperty("additionalProperties").GetBoolean());
        }
    }

    private static bool IsValid(string policy)
    {
        var value = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object?>(policy);
        return Schema.Evaluate(JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(value!))).IsValid;
    }
}
