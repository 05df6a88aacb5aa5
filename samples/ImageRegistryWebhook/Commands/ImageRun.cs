using System.CommandLine;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Yaml;
using ImageRegistryWebhook.Manifests;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Commands;

/// <summary>Judges the images of a command's manifests.</summary>
internal sealed class ImageRun
{
    // Aliases can make a small file stand for a giant one.
    private const int MostImages = 100_000;

    private readonly InputOptions _options;
    private readonly ParseResult _parsed;
    private readonly TextWriter _error;

    public ImageRun(InputOptions options, ParseResult parsed, Stream? input, Action<Finding>? report = null)
    {
        _options = options;
        _parsed = parsed;
        _error = parsed.InvocationConfiguration.Error;
        Source = new ManifestSource(parsed.GetValue(options.Paths), _error, report, input);
    }

    public ManifestSource Source { get; }

    /// <summary>The policy's engine; null without a valid policy.</summary>
    public PolicyEngine? Engine { get; private set; }

    /// <summary>Reads the policy.</summary>
    /// <param name="required">True if the command needs a policy.</param>
    /// <returns>False if the command cannot go on.</returns>
    public bool ReadPolicy(bool required)
    {
        var path = _parsed.GetValue(_options.Policy);
        Engine = path is null ? null : PolicySource.Read(path, _error);
        if (required && path is null)
        {
            _error.WriteLine("error: --policy FILE is needed");
        }

        return Engine is not null || (!required && path is null);
    }

    /// <summary>Judges each file.</summary>
    /// <param name="warn">True to warn of unknown kinds with containers.</param>
    public IEnumerable<(ManifestText File, IReadOnlyList<ImageFinding> Findings)> Files(bool warn)
    {
        var scanner = _options.Scanner(_parsed);
        var (inputs, labels) = Inputs();
        var judge = new ImageJudge(Engine, _options.Context(_parsed), labels);
        foreach (var (file, objects) in inputs)
        {
            List<ImageFinding> findings = [];
            HashSet<YamlNode> seen = new(ReferenceEqualityComparer.Instance);
            foreach (var item in objects)
            {
                Judge(scanner, judge, file, item, findings);
                if (warn && !scanner.Knows(item) && UnknownContainers.Find(item.Node, seen) is { } containers)
                {
                    Source.Warn(file.File, containers.Line, containers.Column, "unknown-kind", $"{item.Title} has containers with images, which are not checked; name their path with --custom-kind {item.Kind}{(item.Group.Length > 0 ? "." + item.Group : "")}=path");
                }
            }

            yield return (file, findings);
        }
    }

    // A Namespace can come after its objects. Everything is kept in memory only if the policy needs labels.
    private (IEnumerable<(ManifestText File, IReadOnlyList<ManifestObject> Objects)> Inputs, ManifestNamespaceLabels Labels) Inputs()
    {
        var inputs = Source.Read().Select(file => (file, Source.ReadObjects(file)));
        if (Engine?.NeedsNamespaceLabels != true)
        {
            return (inputs, ManifestNamespaceLabels.Unknown);
        }

        var all = inputs.ToList();
        return (all, ManifestNamespaceLabels.Of(all.SelectMany(input => input.Item2)));
    }

    private void Judge(ManifestScanner scanner, ImageJudge judge, ManifestText file, ManifestObject item, List<ImageFinding> findings)
    {
        try
        {
            foreach (var image in scanner.Scan(item))
            {
                if (findings.Count == MostImages)
                {
                    throw new YamlReadException($"more than {MostImages} images in one file", image.Scalar.Line, image.Scalar.Column);
                }

                findings.Add(judge.Judge(image));
            }
        }
        catch (YamlReadException exception)
        {
            Source.Fail(file, exception);
        }
    }
}
