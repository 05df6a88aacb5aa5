namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A document of a text.</summary>
/// <param name="Root">The root; null for an empty document.</param>
/// <param name="Refusal">The problem of a document that cannot be read; null for any other.</param>
/// <param name="Unread">The place of text behind the document, which kubectl does not read.</param>
/// <param name="Part">The text; null for JSON.</param>
internal sealed record ParsedDocument(YamlNode? Root, YamlReadException? Refusal, (int Line, int Column)? Unread, TextPart? Part);
