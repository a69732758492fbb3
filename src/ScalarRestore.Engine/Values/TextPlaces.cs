namespace ScalarRestore.Engine.Values;

/// <summary>Lines and columns of a text, for messages.</summary>
internal sealed class TextPlaces(string text)
{
    /// <summary>The line and the column of a character, both from 1. Line ends are those of YAML and of properties: LF, CR, or both.</summary>
    public (int Line, int Column) Of(int index)
    {
        var line = 1;
        var start = 0;
        for (var i = 0; i < index; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
                start = i + 1;
            }
        }

        return (line, index - start + 1);
    }
}
