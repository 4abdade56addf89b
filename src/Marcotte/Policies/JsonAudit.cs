using System.Buffers;
using System.Text;
using System.Text.Json;
using Marcotte.Core;

namespace Marcotte;

/// <summary>
/// Writes each event as one line of JSON. Members: <c>time</c>, <c>event</c> (the record's name, such as <c>SyscallDenied</c>),
/// <c>denied</c>, <c>rule</c>, <c>box</c>, <c>name</c>, <c>process</c>, <c>thread</c>; of a call <c>module</c>, <c>call</c>,
/// <c>arguments</c>, <c>texts</c>, <c>descriptor</c>, <c>type</c>; of a path <c>guard</c>, <c>asked</c>, <c>verbs</c>; and
/// <c>errno</c>, which is null where a call ended the guest.
/// </summary>
/// <remarks>It writes within the guest's call: a writer that fails or that waits does so there. Use <see cref="AuditChannel"/> where that must not be.</remarks>
/// <param name="writer">Takes the lines; written to under a lock.</param>
/// <param name="timeProvider">Tells the time of events; the host's when null.</param>
public sealed class JsonAudit(TextWriter writer, TimeProvider? timeProvider = null) : AuditSink
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public override TimeProvider TimeProvider { get; } = timeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    public override void Write(AuditEvent audited)
    {
        string line = Format(audited);
        lock (_lock)
        {
            writer.WriteLine(line);
        }
    }

    private static string Format(AuditEvent audited)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        WriteOrigin(json, audited);
        WriteDetails(json, audited);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteOrigin(Utf8JsonWriter json, AuditEvent audited)
    {
        AuditOrigin origin = audited.Origin;
        json.WriteString("time"u8, origin.Time);
        json.WriteString("event"u8, audited.GetType().Name);
        json.WriteBoolean("denied"u8, audited.IsDenial);
        json.WriteString("rule"u8, audited.Rule);
        json.WriteNumber("box"u8, origin.Box);
        if (origin.Name is not null)
        {
            json.WriteString("name"u8, origin.Name);
        }

        json.WriteNumber("process"u8, origin.Process);
        if (origin.Thread is { } thread)
        {
            json.WriteNumber("thread"u8, thread);
        }
    }

    private static void WriteDetails(Utf8JsonWriter json, AuditEvent audited)
    {
        switch (audited)
        {
            case SyscallDenied denied:
                WriteCall(json, denied.Call, denied.Errno);
                break;
            case SyscallObserved observed:
                WriteCall(json, observed.Call, observed.Errno);
                break;
            case DescriptorDenied denied:
                WriteCall(json, denied.Call, denied.Errno);
                WriteDescriptor(json, denied.File);
                break;
            case DescriptorObserved observed:
                WriteCall(json, observed.Call, observed.Errno);
                WriteDescriptor(json, observed.File);
                break;
            case PathDenied denied:
                WritePath(json, denied.Path, denied.Verbs);
                json.WriteString("errno"u8, denied.Errno.ToName());
                break;
            case PathObserved observed:
                WritePath(json, observed.Path, observed.Verbs);
                break;
            default:
                // Another layer's kind: the record's own words.
                json.WriteString("detail"u8, audited.ToString());
                break;
        }
    }

    private static void WriteCall(Utf8JsonWriter json, AuditedCall call, Errno? errno)
    {
        json.WriteString("module"u8, call.Syscall.Module);
        json.WriteString("call"u8, call.Syscall.Name);
        json.WriteStartArray("arguments"u8);
        foreach (ulong argument in call.Arguments)
        {
            json.WriteNumberValue(argument);
        }

        json.WriteEndArray();
        json.WriteStartArray("texts"u8);
        foreach (string text in call.Texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.WriteString("errno"u8, errno?.ToName());
    }

    private static void WriteDescriptor(Utf8JsonWriter json, AuditedDescriptor descriptor)
    {
        json.WriteNumber("descriptor"u8, descriptor.Number);
        json.WriteString("type"u8, descriptor.Type.ToString());
    }

    private static void WritePath(Utf8JsonWriter json, AuditedPath path, PathVerbs verbs)
    {
        json.WriteString("guard"u8, path.Guard);
        json.WriteString("asked"u8, path.Asked);
        json.WriteString("verbs"u8, verbs.ToString());
    }
}
