using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A text that is written as it is.</summary>
[JsonConverter(typeof(ScrawlNoteConverter))]
internal sealed record ScrawlNote(string Text);
