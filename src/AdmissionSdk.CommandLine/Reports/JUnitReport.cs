using System.Globalization;
using System.Xml;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Writes JUnit XML, with a test case for each finding. The counts come before the cases, so the findings are kept until the end.</summary>
internal sealed class JUnitReport(TextWriter output, string tool) : FindingReport
{
    private readonly List<Finding> _findings = [];

    public override void Add(Finding finding) => _findings.Add(finding);

    public override void Complete()
    {
        using (var writer = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("testsuites");
            WriteCounts(writer);
            writer.WriteStartElement("testsuite");
            writer.WriteAttributeString("name", tool);
            WriteCounts(writer);
            foreach (var finding in _findings)
            {
                Write(writer, finding);
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        output.WriteLine();
    }

    private void WriteCounts(XmlWriter writer)
    {
        var errors = _findings.Count(IsUnreadable);
        var failures = _findings.Count(finding => finding.Level == FindingLevel.Error) - errors;
        foreach (var (name, count) in new[] { ("tests", _findings.Count), ("failures", failures), ("errors", errors) })
        {
            writer.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Write(XmlWriter writer, Finding finding)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", Clean(finding.File));
        writer.WriteAttributeString("name", Clean(finding.Subject.Length > 0 ? finding.Subject : finding.File));
        if (finding.Level == FindingLevel.Error)
        {
            writer.WriteStartElement(IsUnreadable(finding) ? "error" : "failure");
            writer.WriteAttributeString("type", Clean(finding.Rule));
            writer.WriteAttributeString("message", Clean(finding.Advice));
            writer.WriteString(Clean($"{finding.File}:{finding.Line}:{finding.Column}: {finding.Advice}"));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static bool IsUnreadable(Finding finding) => finding.Rule == Finding.UnreadableRule;

    // The name of a file may hold characters that XML lacks.
    private static string Clean(string text) => SafeText.ToLine(text);
}
