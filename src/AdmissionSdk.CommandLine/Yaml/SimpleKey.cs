namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A place at which a key without <c>?</c> may have begun: a colon on the same line decides.</summary>
/// <param name="Number">The number of the key's first token.</param>
/// <param name="IsRequired">True if nothing but a key can stand at the place.</param>
/// <param name="Index">The index in the text.</param>
/// <param name="Row">The row in the text.</param>
/// <param name="Indent">The indentation.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal readonly record struct SimpleKey(int Number, bool IsRequired, int Index, int Row, int Indent, int Line, int Column);
