using System.Text;

namespace AdmissionSdk.Testing.Simulation.Results;

/// <summary>The warnings of one request that the client gets: without duplicates and control characters, 4096 runes in all (contract 16).</summary>
internal sealed class WarningRecorder
{
    private const int TotalRunes = 4096;
    private const int ItemRunes = 256;

    private readonly HashSet<string> _recorded = new(StringComparer.Ordinal);
    private readonly List<string> _ordered = [];
    private readonly List<string> _written = [];
    private readonly List<string> _dropped = [];
    private int _runes;
    private bool _truncating;

    public IReadOnlyList<string> Written => _written;

    /// <summary>The texts that the client never sees, without a log line for the webhook (contract 16.2).</summary>
    public IReadOnlyList<string> Dropped => _dropped;

    public void Add(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_truncating && _runes >= TotalRunes)
        {
            _dropped.Add(text);
            return;
        }

        if (!_recorded.Add(text))
        {
            return;
        }

        _ordered.Add(text);
        var shown = _truncating ? Cut(text) : text;
        if (!IsHeaderText(shown))
        {
            _dropped.Add(text);
        }
        else if (_truncating || _runes + Count(shown) <= TotalRunes)
        {
            Write(shown);
        }
        else
        {
            Restart();
        }
    }

    // An overflow makes the server write all texts again, each cut.
    private void Restart()
    {
        _truncating = true;
        _runes = 0;
        _written.Clear();
        _dropped.Clear();
        foreach (var text in _ordered)
        {
            // A control character beyond the cut no longer counts.
            if (IsHeaderText(Cut(text)))
            {
                Write(Cut(text));
            }
            else
            {
                _dropped.Add(text);
            }
        }
    }

    private void Write(string text)
    {
        _runes += Count(text);
        _written.Add(text);
    }

    private static bool IsHeaderText(string text) => !text.EnumerateRunes().Any(Rune.IsControl);

    private static int Count(string text) => text.EnumerateRunes().Count();

    private static string Cut(string text) => string.Concat(text.EnumerateRunes().Take(ItemRunes));
}
