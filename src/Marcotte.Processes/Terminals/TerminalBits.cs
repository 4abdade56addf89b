namespace Marcotte.Processes;

/// <summary>Linux's bits of struct termios (asm-generic/termbits.h).</summary>
internal static class InputBits
{
    internal const uint StripHighBit = 0x20;
    internal const uint NewLineToReturn = 0x40;
    internal const uint IgnoreReturn = 0x80;
    internal const uint ReturnToNewLine = 0x100;
    internal const uint LowerCase = 0x200;
    internal const uint FlowControl = 0x400;
    internal const uint AnyRestarts = 0x800;
    internal const uint BellWhenFull = 0x2000;
    internal const uint Utf8 = 0x4000;
}

/// <summary>Bits of c_oflag.</summary>
internal static class OutputBits
{
    internal const uint Process = 1;
    internal const uint UpperCase = 2;
    internal const uint NewLineToReturnNewLine = 4;
    internal const uint ReturnToNewLine = 8;
    internal const uint NoReturnAtStart = 0x10;
    internal const uint NewLineReturns = 0x20;
    internal const uint ExpandTabs = 0x1800;
}

/// <summary>Bits of c_lflag.</summary>
internal static class LocalBits
{
    internal const uint Signals = 1;
    internal const uint Canonical = 2;
    internal const uint Echo = 8;
    internal const uint EchoErase = 0x10;
    internal const uint EchoKill = 0x20;
    internal const uint EchoNewLine = 0x40;
    internal const uint NoFlush = 0x80;
    internal const uint StopOutput = 0x100;
    internal const uint EchoControl = 0x200;
    internal const uint EchoKillErases = 0x800;
    internal const uint Extended = 0x8000;
}

/// <summary>Indices into c_cc.</summary>
internal static class Special
{
    internal const int Interrupt = 0;
    internal const int Quit = 1;
    internal const int Erase = 2;
    internal const int Kill = 3;
    internal const int EndOfFile = 4;
    internal const int Time = 5;
    internal const int Minimum = 6;
    internal const int Start = 8;
    internal const int Stop = 9;
    internal const int Suspend = 10;
    internal const int EndOfLine = 11;
    internal const int Reprint = 12;
    internal const int Discard = 13;
    internal const int WordErase = 14;
    internal const int LiteralNext = 15;
    internal const int EndOfLine2 = 16;
}
