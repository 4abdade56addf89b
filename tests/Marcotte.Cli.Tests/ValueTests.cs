namespace Marcotte.Cli.Tests;

/// <summary>Values as people write them.</summary>
internal sealed class ValueTests
{
    [TestCase("1", ExpectedResult = 1)]
    [TestCase("65536", ExpectedResult = 65536)]
    [TestCase("64k", ExpectedResult = 65536)]
    [TestCase("64K", ExpectedResult = 65536)]
    [TestCase("64m", ExpectedResult = 64L << 20)]
    [TestCase("64MiB", ExpectedResult = 64L << 20)]
    [TestCase("64mb", ExpectedResult = 64L << 20)]
    [TestCase("1g", ExpectedResult = 1L << 30)]
    [TestCase("7t", ExpectedResult = 7L << 40)]
    [TestCase("512B", ExpectedResult = 512)]
    public long Size(string text) => ByteSize.Parse("--memory", text);

    [TestCase("")]
    [TestCase("m")]
    [TestCase("0k")]
    [TestCase("-1")]
    [TestCase("1.5m")]
    [TestCase("64mm")]
    [TestCase(" 1")]
    [TestCase("9223372036854775807k")]
    [TestCase("9223372036854775808")]
    public void NoSize(string text) => Assert.That(() => ByteSize.Parse("--memory", text), Throws.TypeOf<HostMistakeException>());

    [TestCase("1", ExpectedResult = 1000)]
    [TestCase("10s", ExpectedResult = 10_000)]
    [TestCase("0.5", ExpectedResult = 500)]
    [TestCase("500ms", ExpectedResult = 500)]
    [TestCase("1.5m", ExpectedResult = 90_000)]
    [TestCase("2h", ExpectedResult = 7_200_000)]
    public double Time(string text) => Duration.Parse("--timeout", text).TotalMilliseconds;

    [TestCase("")]
    [TestCase("s")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1d")]
    [TestCase("1e3")]
    [TestCase("NaN")]
    [TestCase("1 s")]
    public void NoTime(string text) => Assert.That(() => Duration.Parse("--timeout", text), Throws.TypeOf<HostMistakeException>());

    [TestCase(0, ExpectedResult = "0 B")]
    [TestCase(1023, ExpectedResult = "1023 B")]
    [TestCase(1536, ExpectedResult = "1.5 KiB")]
    [TestCase(64 << 20, ExpectedResult = "64 MiB")]
    [TestCase(4L << 30, ExpectedResult = "4 GiB")]
    public string SizeForPeople(long bytes) => ByteSize.Format(bytes);
}
