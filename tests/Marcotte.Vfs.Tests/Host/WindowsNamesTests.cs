using Marcotte.Vfs.Host;

namespace Marcotte.Vfs.Tests.Host;

[Category("security: device names")]
internal sealed class WindowsNamesTests
{
    [TestCase("file")]
    [TestCase("file.txt")]
    [TestCase(".hidden")]
    [TestCase("CONSOLE")]
    [TestCase("NULL")]
    [TestCase("COM")]
    [TestCase("COM10")]
    [TestCase("COMA")]
    [TestCase("xCON")]
    [TestCase("LPT")]
    [TestCase("auxiliary.txt")]
    [TestCase("grüße 名前")]
    [TestCase("a.NUL")]
    public void OrdinaryNames(string name) => Assert.That(WindowsNames.IsName(name), Is.True);

    [TestCase("CON")]
    [TestCase("con")]
    [TestCase("NUL")]
    [TestCase("NUL.txt")]
    [TestCase("nul.tar.gz")]
    [TestCase("AUX.txt")]
    [TestCase("PRN")]
    [TestCase("COM1")]
    [TestCase("com9.log")]
    [TestCase("COM0")]
    [TestCase("COM¹")]
    [TestCase("LPT⁰")]
    [TestCase("LPT³.txt")]
    [TestCase("NUL .txt")]
    [TestCase(" NUL")]
    [TestCase("CONIN$")]
    [TestCase("conout$")]
    public void DeviceNames(string name) => Assert.That(WindowsNames.IsName(name), Is.False);

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("file.")]
    [TestCase("file ")]
    [TestCase("file. .")]
    [TestCase("a:b")]
    [TestCase("file::$DATA")]
    [TestCase("C:")]
    [TestCase("a\\b")]
    [TestCase("a/b")]
    [TestCase("a*")]
    [TestCase("a?")]
    [TestCase("a<b")]
    [TestCase("a|b")]
    [TestCase("a\"b")]
    [TestCase("a\u0001b")]
    [TestCase("a\0b")]
    public void WhatIsNoNameOrAnother(string name) => Assert.That(WindowsNames.IsName(name), Is.False);
}
