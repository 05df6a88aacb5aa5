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
        Source = new ManifestSource(parsed.GetValue(options.Paths), _error, report, input) { Exclude = parsed.GetValue(options.Exclude) ?? [] };
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

    /// <summary>True if the decision about an image is not known.</summary>
    public bool Undecided { get; private set; }

    /// <summary>Judges each file, one document at a time, and warns of what looks like an image and is not judged. Enumerate the findings of a file once.</summary>
    public IEnumerable<(ManifestText File, IEnumerable<ImageFinding> Findings)> Files()
    {
        var scanner = _options.Scanner(_parsed);
        // A Namespace can come after its objects.
        var labels = Engine?.NeedsNamespaceLabels == true ? ManifestNamespaceLabels.Of(Source.Survey()) : ManifestNamespaceLabels.Unknown;
        var judge = new ImageJudge(Engine, _options.Context(_parsed), labels);
        return Source.Read().Select(file => (file, JudgeFile(scanner, judge, file)));
    }

    private IEnumerable<ImageFinding> JudgeFile(ManifestScanner scanner, ImageJudge judge, ManifestText file)
    {
        YamlNode? root = null;
        HashSet<YamlNode> seen = new(ReferenceEqualityComparer.Instance);
        var count = 0;
        foreach (var item in Source.ReadObjects(file))
        {
            if (!ReferenceEquals(root, item.Root))
            {
                root = item.Root;
                seen.Clear();
            }

            var findings = Judge(scanner, judge, file, item, MostImages - count);
            count += findings.Count;
            Undecided |= findings.Exists(finding => finding.IsUndecided);
            Warn(scanner, file, item, findings.Select(finding => finding.Image.Scalar), seen);
            foreach (var finding in findings)
            {
                yield return finding;
            }

            if (count >= MostImages && file.IsIncomplete)
            {
                yield break;
            }
        }
    }

    /// <summary>Writes the summary of the input: into a text for people, and beside anything else if an object was not judged.</summary>
    public void WriteSummary(bool isText)
    {
        if (isText || Source.HasUnjudged)
        {
            (isText ? _parsed.InvocationConfiguration.Output : _error).WriteLine(Source.Summary);
        }
    }

    private void Warn(ManifestScanner scanner, ManifestText file, ManifestObject item, IEnumerable<YamlScalar> judged, HashSet<YamlNode> seen)
    {
        if (KustomizeFields.Is(item))
        {
            Source.Skip("of kustomize");
            foreach (var (place, description) in KustomizeFields.Find(item.Node))
            {
                Source.Warn(file.File, place.Line, place.Column, "kustomize", $"{item.Title.TrimEnd()}: {description}, which is not checked here; check the output of kustomize build");
            }

            return;
        }

        var any = false;
        foreach (var (path, scalar) in ImageLikeFields.Find(item.Node, judged.ToHashSet(), seen))
        {
            any = true;
            var option = $"--custom-kind {item.Kind}{(item.Group.Length > 0 ? "." + item.Group : "")}={CustomPath.Generalize(path)}";
            Source.Warn(file.File, scalar.Line, scalar.Column, "unknown-image", $"{item.Title.TrimEnd()} {path}: \"{scalar.Value}\" looks like an image and is not checked; if it is one, name its place with {option}");
        }

        if (!scanner.Knows(item))
        {
            Source.Skip(any ? "with images in unknown places" : "without a known place of images");
        }
    }

    private List<ImageFinding> Judge(ManifestScanner scanner, ImageJudge judge, ManifestText file, ManifestObject item, int most)
    {
        List<ImageFinding> findings = [];
        try
        {
            foreach (var image in scanner.Scan(item))
            {
                if (findings.Count == most)
                {
                    throw new YamlReadException($"more than {MostImages} images in one file; split the file", image.Scalar.Line, image.Scalar.Column);
                }

                findings.Add(judge.Judge(image));
            }
        }
        catch (YamlReadException exception)
        {
            Source.Fail(file, exception);
        }

        return findings;
    }
}
