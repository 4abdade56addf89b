using Marcotte;

namespace Docs.Tests.Snippets;

internal sealed class Environments
{
    private static readonly GuestModule Empty = GuestModule.FromText("empty", """(module (func (export "_start")))""");

    [Test]
    public void Environment()
    {
        GuestModule module = Empty;

        #region environment
        using BoxTemplate template = new BoxBuilder()
            .UseEnv(environment => environment
                .ProgramName("report")
                .Arguments("--verbose", "input.csv")
                .Variable("LANG", "C.UTF-8")
                .User(1000, 1000, "guest")
                .SeededEntropy(42))
            .UseWasi()
            .Build(module);
        #endregion

        #region start
        BoxResult result = template.Run(new BoxStart
        {
            Arguments = ["--verbose", "other.csv"],
        });
        #endregion

        Assert.That(result.Outcome.IsSuccess, Is.True);
    }
}
