using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>The functions that guests may import, against the document's table of them.</summary>
[TestFixture]
public sealed class ImportTableTests
{
    private const string Snapshot1 = "wasi_snapshot_preview1";
    private const string Snapshot0 = "wasi_unstable";

    /// <summary>Name and parameters, i for i32 and I for i64; all but proc_exit answer an i32.</summary>
    private static readonly string[] Functions =
    [
        "args_get ii",
        "args_sizes_get ii",
        "environ_get ii",
        "environ_sizes_get ii",
        "clock_res_get ii",
        "clock_time_get iIi",
        "fd_advise iIIi",
        "fd_allocate iII",
        "fd_close i",
        "fd_datasync i",
        "fd_fdstat_get ii",
        "fd_fdstat_set_flags ii",
        "fd_fdstat_set_rights iII",
        "fd_filestat_get ii",
        "fd_filestat_set_size iI",
        "fd_filestat_set_times iIIi",
        "fd_pread iiiIi",
        "fd_prestat_get ii",
        "fd_prestat_dir_name iii",
        "fd_pwrite iiiIi",
        "fd_read iiii",
        "fd_readdir iiiIi",
        "fd_renumber ii",
        "fd_seek iIii",
        "fd_sync i",
        "fd_tell ii",
        "fd_write iiii",
        "path_create_directory iii",
        "path_filestat_get iiiii",
        "path_filestat_set_times iiiiIIi",
        "path_link iiiiiii",
        "path_open iiiiiIIii",
        "path_readlink iiiiii",
        "path_remove_directory iii",
        "path_rename iiiiii",
        "path_symlink iiiii",
        "path_unlink_file iii",
        "poll_oneoff iiii",
        "proc_exit i",
        "proc_raise i",
        "sched_yield ",
        "random_get ii",
        "sock_accept iii",
        "sock_recv iiiiii",
        "sock_send iiiii",
        "sock_shutdown ii",
    ];

    [Test]
    public void Snapshot_1_has_all_46_functions_and_no_other()
    {
        Assert.That(Functions, Has.Length.EqualTo(46));
        Assert.That(Offered(Snapshot1), Is.EquivalentTo(Functions));
    }

    [Test]
    public void Snapshot_0_has_all_of_them_but_sock_accept()
    {
        string[] expected = [.. Functions.Where(function => !function.StartsWith("sock_accept", StringComparison.Ordinal))];
        Assert.That(expected, Has.Length.EqualTo(45));
        Assert.That(Offered(Snapshot0), Is.EquivalentTo(expected));
    }

    [Test]
    public void There_is_no_third_module()
    {
        using WasiLayer layer = new([]);
        Assert.That(layer.Imports.Select(import => import.Syscall.Module).Distinct(), Is.EquivalentTo(new[] { Snapshot0, Snapshot1 }));
        Assert.That(layer.Imports, Has.Count.EqualTo(46 + 45));
    }

    [Test]
    public void All_but_proc_exit_answer_an_errno()
    {
        using WasiLayer layer = new([]);
        foreach (HostImport import in layer.Imports)
        {
            bool returns = import.Syscall.Name != "proc_exit";
            Assert.That(import.Results, Is.EqualTo(returns ? [WasmType.I32] : Array.Empty<WasmType>()), import.Syscall.Name);
            Assert.That(import.Syscall.Result, Is.EqualTo(returns ? ResultKind.Errno : ResultKind.None), import.Syscall.Name);
            Assert.That(import.Thunk, Is.Not.Zero, import.Syscall.Name);
        }
    }

    [TestCase("args_get", typeof(ProgramEnvironment))]
    [TestCase("environ_sizes_get", typeof(ProgramEnvironment))]
    [TestCase("clock_time_get", typeof(BoxClock))]
    [TestCase("random_get", typeof(EntropySource))]
    [TestCase("path_open", typeof(FileNamespace))]
    [TestCase("path_rename", typeof(FileNamespace))]
    [TestCase("fd_write", null)]
    [TestCase("fd_prestat_get", null)]
    [TestCase("poll_oneoff", null)]
    [TestCase("proc_exit", null)]
    public void An_import_names_the_contract_that_backs_it(string name, Type? contract)
    {
        using WasiLayer layer = new([]);
        IEnumerable<Type?> needs = layer.Imports.Where(import => import.Syscall.Name == name).Select(import => import.Syscall.Needs);
        Assert.That(needs, Is.EqualTo(new[] { contract, contract }));
    }

    [Test]
    public void Only_what_can_be_refused_says_so()
    {
        using WasiLayer layer = new([]);
        IEnumerable<string> refused = layer.Imports
            .Where(import => import.Syscall.Support == SupportLevel.Refused)
            .Select(import => import.Syscall.Name)
            .Distinct();
        Assert.That(refused, Is.EquivalentTo(new[] { "proc_raise", "sock_accept", "sock_recv", "sock_send", "sock_shutdown" }));
        Assert.That(layer.Imports.Select(import => import.Syscall.Support), Has.None.EqualTo(SupportLevel.Partial));
    }

    [Test]
    public void Every_parameter_that_is_a_descriptor_says_so()
    {
        using WasiLayer layer = new([]);
        foreach (Syscall syscall in layer.Imports.Select(import => import.Syscall))
        {
            IEnumerable<string> named = syscall.Parameters
                .Where(parameter => parameter.Kind != ParameterKind.Out && (parameter.Name == "to" || parameter.Name.EndsWith("fd", StringComparison.Ordinal)))
                .Select(parameter => parameter.Name);
            IEnumerable<string> marked = syscall.Parameters.Where(parameter => parameter.Kind == ParameterKind.Descriptor).Select(parameter => parameter.Name);
            Assert.That(marked, Is.EqualTo(named), syscall.Name);
            bool takes = syscall.Name.StartsWith("fd_", StringComparison.Ordinal) || syscall.Name.StartsWith("path_", StringComparison.Ordinal) || syscall.Name.StartsWith("sock_", StringComparison.Ordinal);
            Assert.That(marked.Any(), Is.EqualTo(takes), syscall.Name);
        }
    }

    private static string[] Offered(string module)
    {
        using WasiLayer layer = new([]);
        return
        [
            .. layer.Imports
                .Where(import => import.Syscall.Module == module)
                .Select(import => $"{import.Syscall.Name} {string.Concat(import.Parameters.Select(Letter))}"),
        ];
    }

    private static char Letter(WasmType type) => type switch
    {
        WasmType.I32 => 'i',
        WasmType.I64 => 'I',
        _ => '?',
    };
}
