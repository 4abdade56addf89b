namespace Marcotte.Guests.Tests;

/// <summary>Real programs do on archives and overlays what they do on plain memory; the directory of the host beneath stays as it was.</summary>
internal sealed class ScenarioMountTests
{
    [Test]
    public async Task Python_with_its_script_in_an_archive([Values("tar.gz", "zip")] string mount)
    {
        using ScenarioMounts mounts = new("python");
        await Check(mounts, "python", mount, ["/scenario/files.py", "/data"], exitCode: 0);
        Assert.That(Directory.EnumerateFileSystemEntries(mounts.Data), Is.Empty);
    }

    [Test]
    public async Task Lua_with_its_script_in_an_archive([Values("tar", "zip", "overlay")] string mount)
    {
        using ScenarioMounts mounts = new("lua");
        await Check(mounts, "lua", mount, ["/scenario/script.lua", "/data"], exitCode: 7);
    }

    [Test]
    public async Task Jq_with_filter_and_input_in_an_archive([Values("tar.gz", "zip", "overlay")] string mount)
    {
        using ScenarioMounts mounts = new("jq");
        await Check(mounts, "jq", mount, ["-c", "-f", "/scenario/filter.jq", "/scenario/input.json"], exitCode: 0);
    }

    [Test]
    public async Task Sqlite_changes_a_database_of_the_host_in_memory_alone()
    {
        using ScenarioMounts mounts = new("sqlite3");
        Assert.That((await mounts.RunAsync("sqlite3", "overlay", ["/data/made.db"], mounts.Input("script.sql"))).Output, Is.EqualTo(mounts.Expected("expected")));
        Assert.That(Directory.EnumerateFileSystemEntries(mounts.Data), Is.Empty);

        await mounts.RunAsync("sqlite3", "host", ["/data/test.db"], "create table item (id, name); with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) insert into item select i, hex(randomblob(100)) from n;"u8.ToArray());
        string[] before = mounts.DataListing();
        (int code, string output, string error) = await mounts.RunAsync("sqlite3", "overlay", ["/data/test.db"], "delete from item where id > 5; insert into item values (77, 'new'); select count(*) from item; vacuum; pragma integrity_check;"u8.ToArray());
        Assert.That((code, output), Is.EqualTo((0, "6\nok\n")), error);
        Assert.That(mounts.DataListing(), Is.EqualTo(before));
        Assert.That((await mounts.RunAsync("sqlite3", "overlay", ["/data/test.db", "select count(*) from item"])).Output, Is.EqualTo("1000\n"));
    }

    [Test]
    public async Task Sqlite_without_locks_works_on_memory()
    {
        using ScenarioMounts mounts = new("sqlite3");
        (int code, string output, string error) = await mounts.RunAsync("sqlite3", "memory", ["-vfs", "unix-none", "/data/test.db"], mounts.Input("script.sql"));
        Assert.That((code, output), Is.EqualTo((0, mounts.Expected("expected"))), error);
    }

    private static async Task Check(ScenarioMounts mounts, string program, string mount, string[] arguments, int exitCode)
    {
        (int code, string output, string error) = await mounts.RunAsync(program, mount, arguments);
        Assert.That(code, Is.EqualTo(exitCode), error);
        Assert.That(output, Is.EqualTo(mounts.Expected("expected")));
        Assert.That(await mounts.RunAsync(program, "memory", arguments), Is.EqualTo((code, output, error)));
    }
}
