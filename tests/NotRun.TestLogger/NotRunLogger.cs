using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;

namespace NotRun.TestLogger;

/// <summary>Says how many tests were not run, and why: <c>dotnet test</c> by itself prints their number only.</summary>
[FriendlyName("notrun")]
[ExtensionUri("logger://admissionsdk/notrun")]
public sealed class NotRunLogger : ITestLogger
{
    private readonly Lock _lock = new();
    private readonly List<(string Assembly, string Reason)> _notRun = [];

    /// <summary>Listens to a run.</summary>
    /// <param name="events">The events of the run.</param>
    /// <param name="testRunDirectory">A directory for results, which this logger has no use for.</param>
    public void Initialize(TestLoggerEvents events, string testRunDirectory)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.TestResult += (_, result) => Add(result.Result);
        events.TestRunComplete += (_, _) => Write();
    }

    private void Add(TestResult result)
    {
        if (result.Outcome is TestOutcome.Skipped or TestOutcome.NotFound)
        {
            lock (_lock)
            {
                _notRun.Add((Path.GetFileNameWithoutExtension(result.TestCase.Source), result.ErrorMessage ?? "no reason given"));
            }
        }
    }

    private void Write()
    {
        lock (_lock)
        {
            foreach (var group in _notRun.GroupBy(test => test).OrderBy(group => group.Key))
            {
                Console.WriteLine($"Not run: {group.Count()} tests of {group.Key.Assembly}: {group.Key.Reason}");
            }
        }
    }
}
