using Marcotte;
using Marcotte.Core;

namespace Docs.Tests.Snippets;

internal sealed class Wasi
{
    [Test]
    public void Preopens()
    {
        GuestModule module = GuestModule.FromText("empty", """(module (func (export "_start")))""");

        #region preopens
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountMemory("/work").MountMemory("/input", readOnly: true))
            .UseWasi(wasi => wasi
                .Preopen("/work")
                .Preopen("/input", "/data", Rights.All & ~Rights.PathSymlink))
            .Build(module);
        #endregion

        Assert.That(template.Run().Outcome.IsSuccess, Is.True);
    }
}
