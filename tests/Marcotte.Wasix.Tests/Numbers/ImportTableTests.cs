using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasix.Tests;

/// <summary>The functions that guests may import, against the specification's table of them.</summary>
[TestFixture]
public sealed class ImportTableTests
{
    /// <summary>Name and parameters, i for i32 and I for i64; a dash for those that answer nothing.</summary>
    private static readonly string[] Functions =
    [
        "clock_time_set iI",
        "fd_dup ii",
        "fd_dup2 iiii",
        "fd_event Iii",
        "fd_pipe ii",
        "path_open2 iiiiiIIiii",
        "fd_fdflags_get ii",
        "fd_fdflags_set ii",
        "tty_get i",
        "tty_set i",
        "getcwd ii",
        "chdir ii",
        "callback_signal ii -",
        "thread_signal ii",
        "proc_signal ii",
        "proc_raise_interval iIi",
        "proc_signals_get i",
        "proc_signals_sizes_get i",
        "thread_spawn_v2 ii",
        "thread_sleep I",
        "thread_id i",
        "thread_join i",
        "thread_parallelism i",
        "thread_exit i -",
        "futex_wait iiii",
        "futex_wake ii",
        "futex_wake_all ii",
        "stack_checkpoint ii",
        "stack_restore iI -",
        "context_create ii",
        "context_switch I",
        "context_destroy I",
        "proc_fork ii",
        "proc_fork_env i",
        "proc_exit2 i -",
        "proc_exec iiii -",
        "proc_exec2 iiiiii -",
        "proc_exec3 iiiiiiiii",
        "proc_spawn iiiiiiiiiiiii",
        "proc_spawn2 iiiiiiiiiiiiii",
        "proc_id i",
        "proc_parent ii",
        "proc_join iii",
        "proc_snapshot ",
        "sock_status ii",
        "sock_addr_local ii",
        "sock_addr_peer ii",
        "sock_open iiii",
        "sock_pair iiiii",
        "sock_set_opt_flag iii",
        "sock_get_opt_flag iii",
        "sock_set_opt_time iii",
        "sock_get_opt_time iii",
        "sock_set_opt_size iiI",
        "sock_get_opt_size iii",
        "sock_join_multicast_v4 iii",
        "sock_leave_multicast_v4 iii",
        "sock_join_multicast_v6 iii",
        "sock_leave_multicast_v6 iii",
        "sock_bind ii",
        "sock_listen ii",
        "sock_accept_v2 iiii",
        "sock_connect ii",
        "sock_recv_from iiiiiii",
        "sock_send_to iiiiii",
        "sock_send_file iiIIi",
        "resolve iiiiii",
        "port_bridge iiiii",
        "port_unbridge ",
        "port_dhcp_acquire ",
        "port_addr_add i",
        "port_addr_remove i",
        "port_addr_clear ",
        "port_mac i",
        "port_addr_list ii",
        "port_gateway_set i",
        "port_route_add iiii",
        "port_route_remove i",
        "port_route_clear ",
        "port_route_list ii",
        "epoll_create i",
        "epoll_ctl iiii",
        "epoll_wait iiiIi",
        "dl_invalid_handle i",
        "dlopen iiiiiiii",
        "dlsym iiiiii",
        "call_dynamic iiiiii",
        "closure_prepare iiiiiii",
        "closure_allocate i",
        "closure_free i",
        "reflect_signature iiiiii",
    ];

    [Test]
    public void There_are_all_91_functions_and_no_other()
    {
        Assert.That(Functions, Has.Length.EqualTo(91));
        Assert.That(Describe(WasixImports.All.Where(import => import.Syscall.Module == "wasix_32v1")), Is.EquivalentTo(Functions));
    }

    [Test]
    public void Threads_are_started_by_one_more() =>
        Assert.That(Describe(WasixImports.All.Where(import => import.Syscall.Module != "wasix_32v1")), Is.EqualTo(new[] { "thread-spawn i" }));

    [Test]
    public void Functions_of_preview_1_that_mean_something_else_have_its_types() =>
        Assert.That(Describe(WasixImports.Replacements), Is.EquivalentTo(new[] { "fd_renumber ii", "proc_raise i", "sched_yield ", "path_readlink iiiiii" }));

    [Test]
    public void Preview_1_means_something_else_only_to_modules_that_import_wasix()
    {
        using WasixLayer layer = new();
        Assert.That(layer.Replaces("wasix_32v1"), Is.True);
        Assert.That(layer.Replaces("wasi"), Is.False);
        Assert.That(layer.Replaces("wasi_snapshot_preview1"), Is.False);
    }

    [Test]
    public void What_is_refused_says_why()
    {
        foreach (Syscall syscall in WasixImports.All.Select(import => import.Syscall).Where(syscall => syscall.Support != SupportLevel.Full))
        {
            Assert.That(syscall.Note, Is.Not.Null.And.Not.Empty, syscall.Name);
        }
    }

    private static string[] Describe(IEnumerable<HostImport> imports) =>
    [
        .. imports.Select(import =>
            $"{import.Syscall.Name} {string.Concat(import.Parameters.Select(Letter))}{(import.Results.Count == 0 ? " -" : string.Empty)}"),
    ];

    private static char Letter(WasmType type) => type == WasmType.I32 ? 'i' : type == WasmType.I64 ? 'I' : '?';
}
