using System.Text;

namespace Marcotte.Abi.Interop;

/// <summary>Reads and frees what a native call failed with.</summary>
internal static unsafe class NativeFailure
{
    /// <summary>Throws when a call that only the host can get wrong has failed.</summary>
    internal static void ThrowIfFailed(nint error, string what)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"{what}: {ReadError(error, null, out _)}");
        }
    }

    internal static string ReadError(nint error, string? module, out IReadOnlyList<GuestFrame> frames, uint addedBytes = 0)
    {
        NativeVector text;
        LibWasmtime.ErrorMessage(error, &text);
        string message = text.ToText();
        LibWasmtime.ByteVectorDelete(&text);
        NativeVector native;
        LibWasmtime.ErrorTrace(error, &native);
        frames = ReadFrames(&native, module, addedBytes);
        LibWasmtime.ErrorDelete(error);
        return message;
    }

    internal static GuestTrap ReadTrap(nint trap, string? module, uint addedBytes)
    {
        byte code;
        GuestTrapKind kind = LibWasmtime.TrapCode(trap, &code) ? (GuestTrapKind)code : GuestTrapKind.Host;
        NativeVector text;
        LibWasmtime.TrapMessage(trap, &text);
        string message = text.ToText();
        LibWasmtime.ByteVectorDelete(&text);
        NativeVector native;
        LibWasmtime.TrapTrace(trap, &native);
        IReadOnlyList<GuestFrame> frames = ReadFrames(&native, module, addedBytes);
        LibWasmtime.TrapDelete(trap);
        return new GuestTrap(kind, FirstLine(message), frames);
    }

    /// <summary>Frees what a call failed with, unread.</summary>
    internal static void Drop(nint error, nint trap)
    {
        if (error != 0)
        {
            LibWasmtime.ErrorDelete(error);
        }

        if (trap != 0)
        {
            LibWasmtime.TrapDelete(trap);
        }
    }

    /// <summary>A trap with a message, for a thunk to return.</summary>
    internal static nint NewTrap(string message)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(message);
        fixed (byte* start = bytes)
        {
            return LibWasmtime.TrapNew(start, (nuint)bytes.Length);
        }
    }

    // Wasmtime puts its own rendering of the frames before the cause; they are listed apart here.
    internal static string FirstLine(string message)
    {
        foreach (string marker in (ReadOnlySpan<string>)["wasm trap: ", "Caused by:\n"])
        {
            int cause = message.LastIndexOf(marker, StringComparison.Ordinal);
            if (cause >= 0)
            {
                message = message[(cause + marker.Length)..].TrimStart();
                break;
            }
        }

        int end = message.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static GuestFrame[] ReadFrames(NativeVector* vector, string? program, uint addedBytes)
    {
        GuestFrame[] frames = new GuestFrame[vector->Count];
        for (int i = 0; i < frames.Length; i++)
        {
            nint frame = ((nint*)vector->Items)[i];
            NativeVector* function = LibWasmtime.FrameFunctionName(frame);
            NativeVector* module = LibWasmtime.FrameModuleName(frame);
            frames[i] = new GuestFrame(
                module is null ? program : module->ToText(),
                function is null ? null : function->ToText(),
                LibWasmtime.FrameFunctionIndex(frame),
                (long)LibWasmtime.FrameModuleOffset(frame) - addedBytes);
        }

        LibWasmtime.FrameVectorDelete(vector);
        return frames;
    }
}
