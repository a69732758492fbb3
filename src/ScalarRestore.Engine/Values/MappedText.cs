using System.Text;

namespace ScalarRestore.Engine.Values;

/// <summary>
/// A text as a reader sees it (a scalar without its quotes and escapes, a property's value without its continuation lines), and where in the
/// written text each of its characters stands. So a part of the one can be replaced in the other.
/// </summary>
internal sealed class MappedText
{
    private readonly List<Piece> _pieces;
    private readonly int _end;

    private MappedText(string text, List<Piece> pieces, int end)
    {
        Text = text;
        _pieces = pieces;
        _end = end;
    }

    /// <summary>The text as it is read.</summary>
    public string Text { get; }

    /// <summary>A text that is read as it is written.</summary>
    public static MappedText Of(string text)
    {
        var builder = new Builder(text);
        builder.Copy(text, 0, text.Length);
        return builder.Build(text.Length);
    }

    /// <summary>Where a part of the text stands in the written one, from its first character to the end of its last.</summary>
    public TextSpan Source(int start, int length)
    {
        if (length == 0)
        {
            var at = start < Text.Length ? SourceOf(start).Start : _end;
            return new TextSpan(at, 0);
        }

        var first = SourceOf(start);
        var last = SourceOf(start + length - 1);
        return new TextSpan(first.Start, last.Start + last.Length - first.Start);
    }

    /// <summary>The first character that is written at a place or behind it; the text's length if there is none.</summary>
    public int Index(int source)
    {
        var (low, high) = (0, _pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var end = middle + 1 < _pieces.Count ? _pieces[middle + 1].SourceAt : int.MaxValue;
            (low, high) = end <= source ? (middle + 1, high) : (low, middle);
        }

        if (low == _pieces.Count)
            return Text.Length;

        var piece = _pieces[low];
        return Math.Min(Text.Length, piece.IsCopy && source > piece.SourceAt ? piece.At + source - piece.SourceAt : piece.At);
    }

    private TextSpan SourceOf(int index)
    {
        var low = 0;
        var high = _pieces.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].At <= index)
                low = middle;
            else
                high = middle - 1;
        }

        var piece = _pieces[low];
        return piece.IsCopy ? new TextSpan(piece.SourceAt + index - piece.At, 1) : new TextSpan(piece.SourceAt, piece.SourceLength);
    }

    /// <summary>Puts a text together from what is written.</summary>
    internal sealed class Builder
    {
        private readonly string? _expected;
        private readonly StringBuilder _text = new();
        private readonly List<Piece> _pieces = [];
        private bool _differs;

        /// <summary>Begins an empty text.</summary>
        /// <param name="expected">What the text has to become, where that is known: then it is compared, and not built a second time.</param>
        public Builder(string? expected = null) => _expected = expected;

        /// <summary>How long the text is so far.</summary>
        public int Length { get; private set; }

        /// <summary>Takes characters over as they are written.</summary>
        public void Copy(string source, int start, int length)
        {
            if (length == 0)
                return;

            if (_pieces is not [.., { IsCopy: true } last] || last.SourceAt + Length - last.At != start)
                _pieces.Add(new Piece(Length, start, 1, IsCopy: true));

            Add(source.AsSpan(start, length));
        }

        /// <summary>Adds what several written characters together stand for.</summary>
        public void Put(string read, int start, int length)
        {
            _pieces.Add(new Piece(Length, start, length, IsCopy: false));
            Add(read);
        }

        /// <summary>Drops the end of the text.</summary>
        public void Truncate(int length)
        {
            Length = length;
            if (_expected is null)
                _text.Length = length;

            while (_pieces is [.., { } last] && last.At >= length)
                _pieces.RemoveAt(_pieces.Count - 1);
        }

        /// <summary>The text.</summary>
        /// <param name="end">Where something that is added at the end would have to be written.</param>
        public MappedText Build(int end) => TryBuild(end) ?? throw new InvalidOperationException("The text is not what was expected.");

        /// <summary>The text; null if it is not what was expected.</summary>
        /// <param name="end">Where something that is added at the end would have to be written.</param>
        public MappedText? TryBuild(int end)
        {
            if (_expected is null)
                return new MappedText(_text.ToString(), _pieces, end);

            return _differs || Length != _expected.Length ? null : new MappedText(_expected, _pieces, end);
        }

        private void Add(ReadOnlySpan<char> read)
        {
            if (_expected is null)
                _text.Append(read);
            else if (Length < _expected.Length)
                _differs |= !_expected.AsSpan(Length).StartsWith(read[..Math.Min(read.Length, _expected.Length - Length)], StringComparison.Ordinal);

            Length += read.Length;
        }
    }

    /// <summary>A run of characters: read as written, or all standing for the same written ones.</summary>
    private readonly record struct Piece(int At, int SourceAt, int SourceLength, bool IsCopy);
}
