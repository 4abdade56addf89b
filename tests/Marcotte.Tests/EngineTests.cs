using System.Runtime.Versioning;

namespace Marcotte.Tests;

internal sealed class EngineTests
{
    private string _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("marcotte-cache-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void A_module_is_compiled_once_for_each_content_and_engine()
    {
        using BoxEngine engine = new(new BoxEngineOptions { CacheDirectory = _directory, Pooling = false });
        engine.Compile(Wat.Empty).Dispose();
        string file = Directory.GetFiles(_directory).Single();
        byte[] marked = File.ReadAllBytes(file);
        DateTime written = File.GetLastWriteTimeUtc(file);

        engine.Compile(Wat.Empty).Dispose();
        engine.Compile(Wat.Spin).Dispose();
        using BoxEngine metered = new(new BoxEngineOptions { CacheDirectory = _directory, Pooling = false, Fuel = true });
        metered.Compile(Wat.Empty).Dispose();

        Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(3));
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(marked));
        Assert.That(File.GetLastWriteTimeUtc(file), Is.EqualTo(written));
    }

    [Test]
    public void A_module_from_the_cache_runs()
    {
        for (int i = 0; i < 2; i++)
        {
            using BoxTemplate template = new BoxBuilder().WithCompilationCache(_directory).Build(Wat.Empty);
            Assert.That(template.Run().Outcome.IsSuccess, Is.True);
        }
    }

    [Test]
    public void A_damaged_file_in_the_cache_is_replaced()
    {
        using BoxEngine engine = new(new BoxEngineOptions { CacheDirectory = _directory, Pooling = false });
        engine.Compile(Wat.Empty).Dispose();
        string file = Directory.GetFiles(_directory).Single();
        byte[] whole = File.ReadAllBytes(file);
        File.WriteAllText(file, "damaged");

        engine.Compile(Wat.Empty).Dispose();

        Assert.That(File.ReadAllBytes(file), Has.Length.EqualTo(whole.Length));
    }

    [Test]
    [Platform("Unix")]
    [UnsupportedOSPlatform("windows")]
    public void A_cache_that_others_may_write_to_is_refused()
    {
        File.SetUnixFileMode(_directory, (UnixFileMode)0x1FF);

        Assert.That(
            () => new BoxEngine(new BoxEngineOptions { CacheDirectory = _directory }),
            Throws.ArgumentException.With.Message.Contains("can be written by others"));
    }

    [Test]
    public void What_is_no_module_is_refused_by_name()
    {
        BoxBuilder builder = SharedEngine.Builder();
        string text = Path.Combine(_directory, "notes.txt");
        File.WriteAllText(text, "not a module");

        Assert.That(() => builder.Build(GuestModule.FromFile(text)), Throws.TypeOf<InvalidModuleException>().With.Message.Contains("'notes' cannot be used: it is neither"));
        Assert.That(() => builder.Build(GuestModule.FromFile(text + ".wasm")), Throws.TypeOf<InvalidModuleException>().With.Message.Contains("notes.txt.wasm"));
        Assert.That(() => builder.Build(GuestModule.FromText("bad", "(module (func")), Throws.TypeOf<InvalidModuleException>().With.Message.Contains("'bad'"));
        Assert.That(() => builder.Build(GuestModule.FromBytes("cut", "\0asm\u0001\0\0"u8.ToArray())), Throws.TypeOf<InvalidModuleException>().With.Message.Contains("'cut'"));
    }

    [Test]
    public void Engines_and_limits_must_agree_on_fuel()
    {
        BoxBuilder builder = SharedEngine.Builder().WithLimits(limits => limits with { Fuel = 1 });

        Assert.That(() => builder.Build(Wat.Empty), Throws.InvalidOperationException.With.Message.Contains("Fuel"));
    }

    [Test]
    public void A_stack_that_the_engine_does_not_have_is_refused()
    {
        BoxBuilder builder = SharedEngine.Builder().WithLimits(limits => limits with { StackBytes = 64 * 1024 });

        Assert.That(() => builder.Build(Wat.Empty), Throws.InvalidOperationException.With.Message.Contains("StackBytes is 65536").And.Message.Contains("BoxEngineOptions"));
    }

    [Test]
    public void Limits_that_say_nothing_of_the_stack_take_the_engines()
    {
        using BoxEngine engine = new(new BoxEngineOptions { Pooling = false, StackBytes = 64 * 1024 });
        using BoxTemplate template = new BoxBuilder().WithEngine(engine).Build(Wat.Empty);

        Assert.That(template.Run().Outcome.IsSuccess, Is.True);
    }

    [Test]
    public void A_pool_that_is_empty_says_how_to_make_it_larger()
    {
        using BoxEngine engine = new(new BoxEngineOptions { MaxBoxes = 2 });
        using BoxTemplate template = new BoxBuilder().WithEngine(engine).Build(Wat.Reactor);
        using Box one = template.Create();
        using Box other = template.Create();
        using Box third = template.Create();
        one.Call("run");
        other.Call("run");

        Assert.That(() => third.Call("run"), Throws.InstanceOf<InvalidOperationException>().With.Message.Contains("BoxEngineOptions.MaxBoxes"));
    }

    [Test]
    public void A_program_that_has_ended_gives_its_place_in_the_pool_back()
    {
        using BoxEngine engine = new(new BoxEngineOptions { MaxBoxes = 1 });
        using BoxTemplate template = new BoxBuilder().WithEngine(engine).Build(Wat.Empty);
        using Box one = template.Create();
        using Box other = template.Create();
        one.Run();

        Assert.That(other.Run().IsSuccess, Is.True);
    }

    [TestCase("tail calls", """(func $f (param i32) (result i32) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 7)) (else (return_call $f (i32.sub (local.get 0) (i32.const 1)))))) (func (export "run") (result i32) (call $f (i32.const 1000000)))""", ExpectedResult = 7)]
    [TestCase("SIMD", """(func (export "run") (result i32) (i32x4.extract_lane 2 (i32x4.add (v128.const i32x4 1 2 3 4) (v128.const i32x4 10 20 30 40))))""", ExpectedResult = 33)]
    [TestCase("bulk memory", """(memory 1) (func (export "run") (result i32) (memory.fill (i32.const 0) (i32.const 5) (i32.const 100)) (memory.copy (i32.const 200) (i32.const 0) (i32.const 100)) (i32.load8_u (i32.const 299)))""", ExpectedResult = 5)]
    [TestCase("reference types", """(table 1 externref) (func (export "run") (result i32) (ref.is_null (table.get 0 (i32.const 0))))""", ExpectedResult = 1)]
    [TestCase("multi-memory", """(memory $a 1) (memory $b 1) (func (export "run") (result i32) (i32.store $b (i32.const 0) (i32.const 9)) (i32.add (i32.load $a (i32.const 0)) (i32.load $b (i32.const 0))))""", ExpectedResult = 9)]
    [TestCase("memory64", """(memory i64 1) (func (export "run") (result i32) (i32.store (i64.const 8) (i32.const 4)) (i32.load (i64.const 8)))""", ExpectedResult = 4)]
    [TestCase("exceptions", """(tag $t (param i32)) (func (export "run") (result i32) (block $h (result i32) (try_table (catch $t $h) (throw $t (i32.const 11))) (i32.const 0)))""", ExpectedResult = 11)]
    [TestCase("atomics", """(memory 1 1 shared) (func (export "run") (result i32) (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 3))) (i32.atomic.load (i32.const 0)))""", ExpectedResult = 3)]
    public object What_toolchains_emit_is_on(string feature, string body)
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Module(body));
        using Box box = template.Create();
        return box.Call("run")[0];
    }
}
