namespace ImageRegistryWebhook.Admission;

/// <summary>The message of a denial: the first images by their words, the others by their number, since whoever makes the pod chooses how many there are.</summary>
internal sealed class Refusals
{
    private const int MostNamed = 16;

    private readonly List<string> _named = [];
    private int _others;

    public bool Any => _named.Count > 0;

    /// <summary>Adds an image; its words are made only if they are shown.</summary>
    public void Add(Func<string> describe)
    {
        if (_named.Count < MostNamed)
        {
            _named.Add(describe());
        }
        else
        {
            _others++;
        }
    }

    public override string ToString() => string.Join("; ", _named) + (_others == 0 ? "" : $"; and {_others} more images");
}
