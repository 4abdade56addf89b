using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>What becomes of each byte that is typed (termios(3), Linux's n_tty). Its owner holds the lock.</summary>
internal sealed class LineDiscipline
{
    private readonly InputBuffer _input;
    private readonly OutputBuffer _output;
    private TerminalSettings _settings;
    private bool _literal;
    private bool _stopped;
    private bool _held;
    private int _lineColumn;

    internal LineDiscipline(InputBuffer input, OutputBuffer output, in TerminalSettings settings)
    {
        _input = input;
        _output = output;
        _settings = settings;
    }

    internal TerminalSettings Settings => _settings;

    internal bool IsCanonical => Has(LocalBits.Canonical);

    /// <summary>Whether output is held: by its person (Ctrl-S) or by a program (TCOOFF).</summary>
    internal bool IsStopped => _stopped || _held;

    /// <summary>Takes new settings. What is there can be read as it is when the mode changes, as one line.</summary>
    internal void Change(in TerminalSettings settings)
    {
        bool was = IsCanonical;
        _settings = settings;
        if (was != IsCanonical)
        {
            if (was)
            {
                _input.Commit();
            }
            else
            {
                _input.EndLine();
            }
        }

        if ((settings.Input & InputBits.FlowControl) == 0)
        {
            _stopped = false;
        }
    }

    /// <summary>tcflow. What a program holds only a program lets go, who lets go what the person holds too; as Linux (tco_stopped), where characters are lost meanwhile.</summary>
    internal void Flow(FlowAction action)
    {
        switch (action)
        {
            case FlowAction.StopOutput:
                _held = true;
                break;
            case FlowAction.StartOutput:
                _stopped &= !_held;
                _held = false;
                break;
            default:
                byte value = _settings.Characters[action == FlowAction.SendStop ? Special.Stop : Special.Start];
                if (value != 0 && !_held)
                {
                    _output.Send(value);
                }

                break;
        }
    }

    /// <summary>Takes a byte.</summary>
    /// <param name="value">What was typed.</param>
    /// <param name="signal">A signal for the foreground group; none for most.</param>
    /// <returns>False when there is no room: it was not taken.</returns>
    internal bool Accept(byte value, out Signal signal)
    {
        signal = Signal.None;
        uint input = _settings.Input;
        value = (input & InputBits.StripHighBit) != 0 ? (byte)(value & 0x7F) : value;
        if ((input & InputBits.LowerCase) != 0 && Has(LocalBits.Extended) && value is >= (byte)'A' and <= (byte)'Z')
        {
            value += 32;
        }

        if (_literal)
        {
            return AcceptLiteral(value);
        }

        if ((input & InputBits.FlowControl) != 0)
        {
            if (Is(value, Special.Start) || Is(value, Special.Stop))
            {
                _stopped = !Is(value, Special.Start);
                return true;
            }

            _stopped &= (input & InputBits.AnyRestarts) == 0;
        }

        signal = !Has(LocalBits.Signals) ? Signal.None
            : Is(value, Special.Interrupt) ? Signal.Interrupt
            : Is(value, Special.Quit) ? Signal.Quit
            : Is(value, Special.Suspend) ? Signal.TerminalStop
            : Signal.None;
        if (signal != Signal.None)
        {
            Interrupt(value);
            return true;
        }

        if (value == '\r')
        {
            if ((input & InputBits.IgnoreReturn) != 0)
            {
                return true;
            }

            value = (input & InputBits.ReturnToNewLine) != 0 ? (byte)'\n' : value;
        }
        else if (value == '\n' && (input & InputBits.NewLineToReturn) != 0)
        {
            value = (byte)'\r';
        }

        return IsCanonical ? AcceptLine(value) : AcceptRaw(value);
    }

    private bool AcceptLiteral(byte value)
    {
        if (!Add(value))
        {
            return false;
        }

        _literal = false;
        return true;
    }

    private void Interrupt(byte value)
    {
        if (!Has(LocalBits.NoFlush))
        {
            _input.Clear();
            _output.Clear();
        }

        _stopped &= (_settings.Input & InputBits.FlowControl) == 0;
        if (Has(LocalBits.Echo))
        {
            Echo(value);
        }
    }

    private bool AcceptRaw(byte value)
    {
        if (_input.IsFull)
        {
            return false;
        }

        _input.Add(value);
        _input.Commit();
        if (Has(LocalBits.Echo))
        {
            Echo(value);
        }

        return true;
    }

    private bool AcceptLine(byte value)
    {
        bool extended = Has(LocalBits.Extended);
        if (Is(value, Special.Erase) || Is(value, Special.Kill) || (extended && Is(value, Special.WordErase)))
        {
            Rub(value);
            return true;
        }

        if (extended && Is(value, Special.LiteralNext))
        {
            _literal = true;
            if (Has(LocalBits.Echo) && Has(LocalBits.EchoControl))
            {
                Show("^\b"u8);
            }

            return true;
        }

        if (extended && Has(LocalBits.Echo) && Is(value, Special.Reprint))
        {
            Echo(value);
            Show("\n"u8);
            for (int i = 0; i < _input.Editing; i++)
            {
                Echo(_input[i]);
            }

            return true;
        }

        if (value == '\n' || Is(value, Special.EndOfFile) || Is(value, Special.EndOfLine) || (extended && Is(value, Special.EndOfLine2)))
        {
            return End(value);
        }

        return Add(value);
    }

    private bool End(byte value)
    {
        if (_input.IsFull)
        {
            return false;
        }

        if (Is(value, Special.EndOfFile))
        {
            _input.EndFile();
            return true;
        }

        if (value == '\n' ? Has(LocalBits.Echo) || Has(LocalBits.EchoNewLine) : Has(LocalBits.Echo))
        {
            Echo(value);
        }

        _input.Add(value);
        _input.EndLine();
        return true;
    }

    /// <summary>Adds an ordinary byte to the line. A line that is too long takes only its end; the rest is lost, with a bell.</summary>
    private bool Add(byte value)
    {
        if (IsCanonical && _input.Editing >= InputBuffer.LineBytes - 1)
        {
            if ((_settings.Input & InputBits.BellWhenFull) != 0)
            {
                Show("\a"u8);
            }

            return true;
        }

        if (_input.IsFull)
        {
            return false;
        }

        if (Has(LocalBits.Echo))
        {
            if (_input.Editing == 0)
            {
                _lineColumn = _output.Column;
            }

            Echo(value);
        }

        _input.Add(value);
        if (!IsCanonical)
        {
            _input.Commit();
        }

        return true;
    }

    /// <summary>VERASE, VWERASE and VKILL.</summary>
    private void Rub(byte value)
    {
        bool echo = Has(LocalBits.Echo);
        bool kill = Is(value, Special.Kill);
        if (_input.Editing == 0)
        {
            return;
        }

        if (kill && echo && !(Has(LocalBits.EchoKill) && Has(LocalBits.EchoKillErases) && Has(LocalBits.EchoErase)))
        {
            while (_input.Editing > 0)
            {
                _input.Erase();
            }

            Echo(value);
            if (Has(LocalBits.EchoKill))
            {
                Show("\n"u8);
            }

            return;
        }

        bool word = !kill && !Is(value, Special.Erase);
        bool seen = false;
        if (echo && !Has(LocalBits.EchoErase) && !kill)
        {
            Echo(value);
        }

        while (_input.Editing > 0)
        {
            byte last = _input[_input.Editing - 1];
            if (word)
            {
                bool letter = char.IsAsciiLetterOrDigit((char)last) || last == '_' || last >= 0x80;
                if (seen && !letter)
                {
                    break;
                }

                seen |= letter;
            }

            EraseOne(echo && Has(LocalBits.EchoErase));
            if (!kill && !word)
            {
                break;
            }
        }
    }

    /// <summary>Takes one character away, with all of its bytes, and wipes it off the screen.</summary>
    private void EraseOne(bool wipes)
    {
        byte last = _input[_input.Editing - 1];
        int before = wipes && last == '\t' ? ColumnOfLine() : 0;
        _input.Erase();
        while ((_settings.Input & InputBits.Utf8) != 0 && (last & 0xC0) == 0x80 && _input.Editing > 0)
        {
            last = _input[_input.Editing - 1];
            _input.Erase();
        }

        if (!wipes)
        {
            return;
        }

        if (last == '\t')
        {
            for (int width = before - ColumnOfLine(); width > 0; width--)
            {
                Show("\b"u8);
            }

            return;
        }

        for (int width = Width(last); width > 0; width--)
        {
            Show("\b \b"u8);
        }
    }

    /// <summary>Where the cursor is after the line as it is now.</summary>
    private int ColumnOfLine()
    {
        int column = _lineColumn;
        for (int i = 0; i < _input.Editing; i++)
        {
            byte value = _input[i];
            bool continues = (_settings.Input & InputBits.Utf8) != 0 && (value & 0xC0) == 0x80;
            column += value == '\t' ? 8 - (column & 7) : continues ? 0 : Width(value);
        }

        return column;
    }

    private int Width(byte value) => value is >= 0x20 and not 0x7F ? 1 : Has(LocalBits.EchoControl) ? 2 : 0;

    private void Echo(byte value)
    {
        if (Has(LocalBits.EchoControl) && (value < 0x20 || value == 0x7F) && value is not ((byte)'\t' or (byte)'\n'))
        {
            Show([(byte)'^', (byte)(value ^ 0x40)]);
            return;
        }

        Show([value]);
    }

    private void Show(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _output.Echo(_settings, value);
        }
    }

    private bool Has(uint local) => (_settings.Local & local) != 0;

    /// <summary>Whether a byte is one of the special characters; zero turns one off.</summary>
    private bool Is(byte value, int special) => value != 0 && _settings.Characters[special] == value;
}
