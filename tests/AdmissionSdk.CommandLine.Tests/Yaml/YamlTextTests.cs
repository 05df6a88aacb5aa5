using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Yaml;
using YamlDotNet.RepresentationModel;

namespace AdmissionSdk.CommandLine.Tests.Yaml;

/// <remarks>Covers <see cref="YamlText"/>, <see cref="YamlQuotes"/>.</remarks>
public sealed class YamlTextTests
{
    [Fact]
    public void Write_AnObject_IsBlockStyleInTheOrderPeopleExpect() =>
        Assert.Equal(
            """
            apiVersion: v1
            kind: Thing
            metadata:
              name: a
              labels:
                app.kubernetes.io/name: a
            data:
              script: |
                first

                last
            items:
            - name: x
              ports:
              - 1
              - 2
              when: {}
            - []
            - plain text
            none: null
            ok: true

            """,
            YamlText.Write(JsonNode.Parse("""
                {
                  "kind": "Thing", "apiVersion": "v1", "ok": true, "none": null,
                  "items": [{ "when": {}, "ports": [1, 2], "name": "x" }, [], "plain text"],
                  "data": { "script": "first\n\nlast\n" },
                  "metadata": { "labels": { "app.kubernetes.io/name": "a" }, "name": "a" }
                }
                """)!));

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("trailing ")]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("80")]
    [InlineData("080")]
    [InlineData("1e3")]
    [InlineData("1_000")]
    [InlineData("0x1F")]
    [InlineData("12:30:45")]
    [InlineData("2024-01-01")]
    [InlineData(".5")]
    [InlineData("-.inf")]
    [InlineData("a: b")]
    [InlineData("a:b")]
    [InlineData("a #b")]
    [InlineData("*")]
    [InlineData("*/*")]
    [InlineData("- a")]
    [InlineData("---")]
    [InlineData("---a")]
    [InlineData("{{ .Values.a }}")]
    [InlineData("[a]")]
    [InlineData("'a'")]
    [InlineData("\"a\"")]
    [InlineData("a\nb")]
    [InlineData("a\nb\n")]
    [InlineData("a\n\n")]
    [InlineData("\na")]
    [InlineData(" a\nb")]
    [InlineData("a\tb")]
    [InlineData("é☃")]
    [InlineData("😀")]
    [InlineData("a: 😀")]
    [InlineData("a\n😀\n")]
    [InlineData("a\n\uFFFE\n")]
    [InlineData("a\u2028b")]
    [InlineData("a\u0085b\nc")]
    [InlineData("\uFEFFa")]
    [InlineData("a\0b")]
    [InlineData("=")]
    [InlineData("<<")]
    [InlineData("?")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("`a")]
    [InlineData("|")]
    [InlineData("100m")]
    [InlineData("request.name != 'a' && object.x[0] == \"b\"")]
    public void Write_AnyString_ReadsBackAsThatString(string value)
    {
        var text = YamlText.Write(new JsonObject { ["a"] = value, ["b"] = new JsonArray(value), [value.Length > 0 ? value : "c"] = "key" });

        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var map = (YamlMappingNode)yaml.Documents[0].RootNode;
        Assert.Equal(value, ((YamlScalarNode)map["a"]).Value);
        Assert.Equal(value, ((YamlScalarNode)((YamlSequenceNode)map["b"])[0]).Value);
        Assert.Equal("key", ((YamlScalarNode)map[value.Length > 0 ? value : "c"]).Value);
    }

    // A YAML 1.1 reader, such as kubectl's, must not take a string for anything else.
    [Theory]
    [InlineData("true", "\"true\"")]
    [InlineData("off", "\"off\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("80", "\"80\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("0o17", "\"0o17\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2024-01-01", "\"2024-01-01\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("100m", "100m")]
    [InlineData("v1", "v1")]
    [InlineData("kube-system", "kube-system")]
    [InlineData("registry.example.com/a:1.0", "registry.example.com/a:1.0")]
    [InlineData("/livez", "/livez")]
    public void Write_AmbiguousString_IsQuotedAndOthersAreNot(string value, string expected) =>
        Assert.Equal($"a: {expected}\n", YamlText.Write(new JsonObject { ["a"] = value }));

    // go-yaml refuses surrogates, which JSON uses for these characters.
    [Theory]
    [InlineData("😀", "\"😀\"")]
    [InlineData("\uFFFE", "\"\\uFFFE\"")]
    [InlineData("\"\\\t", "\"\\\"\\\\\\t\"")]
    public void Write_WhatNeedsQuotes_HasEscapesThatYamlKnows(string value, string expected) =>
        Assert.Equal($"a: {expected}\n", YamlText.Write(new JsonObject { ["a"] = value }));
}
