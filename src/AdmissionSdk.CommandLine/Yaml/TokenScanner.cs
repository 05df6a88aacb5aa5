using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Scans tokens and remembers the last scalar, since the event of an anchored or tagged scalar begins before the scalar's own text.</summary>
internal sealed class TokenScanner(TextReader text) : IScanner
{
    private readonly Scanner _scanner = new(text, skipComments: true);

    public Mark CurrentPosition => _scanner.CurrentPosition;

    public Token? Current => _scanner.Current;

    public Scalar? LastScalar { get; private set; }

    public bool MoveNext()
    {
        Remember();
        return _scanner.MoveNext();
    }

    public bool MoveNextWithoutConsuming() => _scanner.MoveNextWithoutConsuming();

    public void ConsumeCurrent()
    {
        Remember();
        _scanner.ConsumeCurrent();
    }

    private void Remember()
    {
        if (_scanner.Current is Scalar scalar)
        {
            LastScalar = scalar;
        }
    }
}
