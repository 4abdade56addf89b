using System.Text;
using Marcotte.Core;

namespace Marcotte.Env.Tests;

/// <summary>Builds layers, and starts first processes with them.</summary>
internal static class Guest
{
    internal static Process Start(Action<EnvOptions> configure, Limits? limits = null)
    {
        EnvOptions options = new();
        configure(options);
        using Layer layer = options.Build(limits ?? Limits.Default);
        return Start(layer, limits);
    }

    internal static Process Start(Layer layer, Limits? limits = null, Action<Kernel>? before = null)
    {
        Kernel kernel = new(limits ?? Limits.Default);
        layer.Attach(kernel);
        before?.Invoke(kernel);
        Process process = new(kernel, 1);
        layer.Start(process);
        return process;
    }

    internal static string[] Texts(ByteStrings strings)
    {
        string[] texts = new string[strings.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetString(strings[i]);
        }

        return texts;
    }
}
