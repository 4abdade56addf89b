using System.Text;

namespace Marcotte.Abi.Generator;

/// <summary>Writes indented lines.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line.</summary>
    /// <param name="line">The line; an empty one is not indented.</param>
    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Writes a line and opens a block under it.</summary>
    /// <param name="line">The line.</param>
    public void Open(string line)
    {
        Line(line);
        Line("{");
        _depth++;
    }

    /// <summary>Closes a block.</summary>
    public void Close()
    {
        _depth--;
        Line("}");
    }

    /// <summary>Indents the lines to come.</summary>
    public void Indent() => _depth++;

    /// <summary>Takes an indent back.</summary>
    public void Outdent() => _depth--;

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
