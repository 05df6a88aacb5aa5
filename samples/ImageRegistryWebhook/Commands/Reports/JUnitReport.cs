using System.Xml;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands.Reports;

/// <summary>JUnit XML: a test case for each image.</summary>
internal sealed class JUnitReport : IReport
{
    private readonly XmlWriter _writer;
    private readonly TextWriter _output;

    public JUnitReport(TextWriter output)
    {
        _output = output;
        // A file's name or an image may hold characters that XML cannot.
        _writer = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, CheckCharacters = false, OmitXmlDeclaration = true });
        _writer.WriteStartElement("testsuites");
        _writer.WriteStartElement("testsuite");
        _writer.WriteAttributeString("name", "image-registry-webhook");
    }

    public void Add(ImageFinding finding)
    {
        _writer.WriteStartElement("testcase");
        _writer.WriteAttributeString("classname", Clean(finding.Image.File));
        _writer.WriteAttributeString("name", Clean($"{TextReport.Where(finding)} = {finding.Image.Scalar.Value}"));
        if (finding.IsViolation)
        {
            _writer.WriteStartElement("failure");
            _writer.WriteAttributeString("type", finding.Rule ?? finding.Decision);
            _writer.WriteAttributeString("message", Clean(finding.Message ?? ""));
            _writer.WriteString(Clean($"{TextReport.Position(finding)}: {finding.Message}"));
            _writer.WriteEndElement();
        }

        _writer.WriteEndElement();
    }

    public void Complete()
    {
        _writer.WriteEndElement();
        _writer.WriteEndElement();
        _writer.Dispose();
        _output.WriteLine();
    }

    private static string Clean(string text) => string.Concat(text.Select(character => XmlConvert.IsXmlChar(character) ? character : '\ufffd'));
}
