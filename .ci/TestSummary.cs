// Adds up test results: `dotnet run .ci/TestSummary.cs -- DIRECTORY [ONE-MORE-FAILURE...]`. The directory holds a file
// NAME.exit with the exit code of each test run, and its results in NAME.trx. Repeats the lines of tests' output that begin
// with "ci: ", prints every failed and every not-run test, and at last "N passed, N failed" alone on a line. Exits with 1
// when something failed, when no test of a project passed, and when a test was not run for another reason than a kube-apiserver
// that is too old: .ci/run has a kube-apiserver, so that its absence is a failure.
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
var legal = new Regex(@"^needs kube-apiserver \d+\.\d+(\.\d+)?, this is \d");
var passed = 0;
var problems = args.Skip(1).ToList();
var notRun = new List<(string Reason, string Test)>();

foreach (var exit in Directory.GetFiles(args[0], "*.exit").Order(StringComparer.Ordinal))
{
    var file = Path.ChangeExtension(exit, ".trx");
    var name = Path.GetFileNameWithoutExtension(exit);
    var code = File.ReadAllText(exit).Trim();
    if (!File.Exists(file))
    {
        problems.Add($"{name} left no results and exited with {code}");
        continue;
    }

    var problemsBefore = problems.Count;
    var run = XDocument.Load(file).Root!;
    var results = run.Descendants(trx + "UnitTestResult").Where(result => result.Parent!.Name == trx + "Results").ToList();
    foreach (var result in results)
    {
        var test = (string)result.Attribute("testName")!;
        var message = ((string?)result.Descendants(trx + "Message").FirstOrDefault() ?? "no reason given").Trim();
        switch ((string?)result.Attribute("outcome"))
        {
            case "Passed":
                passed++;
                break;
            case "NotExecuted":
                notRun.Add((message, test));
                if (!legal.IsMatch(message))
                {
                    problems.Add($"{test} was not run, and \"{message}\" is not a reason that counts");
                }

                break;
            case var outcome:
                problems.Add($"{test} {outcome?.ToLower(CultureInfo.InvariantCulture)}: {message.Split('\n')[0]}");
                break;
        }

        foreach (var line in ((string?)result.Descendants(trx + "StdOut").FirstOrDefault() ?? "").Split('\n').Where(line => line.StartsWith("ci: ", StringComparison.Ordinal)))
        {
            Console.WriteLine(line[4..].TrimEnd());
        }
    }

    // The file's own counters are a second opinion: results that got lost would otherwise go unnoticed.
    var counters = run.Descendants(trx + "Counters").Single();
    int Count(string name) => (int)counters.Attribute(name)!;
    var skipped = results.Count(result => (string?)result.Attribute("outcome") == "NotExecuted");
    if (Count("total") != results.Count || Count("executed") != results.Count - skipped || Count("passed") != results.Count(result => (string?)result.Attribute("outcome") == "Passed"))
    {
        problems.Add($"{name} counts {Count("total")} tests and {Count("passed")} passed, its results do not");
    }

    if (!results.Any(result => (string?)result.Attribute("outcome") == "Passed"))
    {
        problems.Add($"{name}: of {results.Count} tests none passed, and it exited with {code}");
    }

    if (code != "0" && problems.Count == problemsBefore)
    {
        problems.Add($"{name} exited with {code}, though no test failed");
    }
}

foreach (var group in notRun.GroupBy(test => test.Reason).OrderBy(group => group.Key, StringComparer.Ordinal))
{
    Console.WriteLine($"Not run, {group.Key}: {group.Count()}");
    foreach (var (_, test) in group.OrderBy(test => test.Test, StringComparer.Ordinal))
    {
        Console.WriteLine($"  {test}");
    }
}

if (passed == 0)
{
    problems.Add("no test passed");
}

foreach (var problem in problems)
{
    Console.WriteLine($"FAILED: {problem}");
}

Console.WriteLine($"{passed} passed, {problems.Count} failed");
return problems.Count == 0 ? 0 : 1;
