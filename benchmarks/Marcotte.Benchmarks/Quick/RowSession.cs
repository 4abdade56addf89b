using Marcotte.Benchmarks.Rows;
using Marcotte.Benchmarks.Sides;

namespace Marcotte.Benchmarks.Quick;

/// <summary>All sides of one row, ready to be measured in turns.</summary>
internal sealed class RowSession : IDisposable
{
    /// <summary>A sample of programs, which are started anew for each and take some time to get going.</summary>
    private const double ProgramNanoseconds = 2e7;

    private readonly Row _row;
    private readonly List<Side> _sides = [];
    private readonly Sampler _marcotte;
    private readonly Sampler? _floor;
    private readonly Sampler? _builtin;
    private readonly Sampler? _native;

    /// <summary>Sets all sides up.</summary>
    /// <param name="bench">Makes them.</param>
    /// <param name="row">The row.</param>
    public RowSession(Workbench bench, Row row)
    {
        _row = row;
        _native = Add(bench.Native(row));
        _builtin = Add(bench.Builtin(row));
        _floor = Add(bench.Floor(row));
        _marcotte = Add(bench.Marcotte(row))!;
    }

    private IEnumerable<Sampler> Samplers => new[] { _marcotte, _floor, _builtin, _native }.OfType<Sampler>();

    /// <summary>Runs each side until it gets no faster.</summary>
    public void WarmUp()
    {
        foreach (Sampler sampler in Samplers)
        {
            sampler.WarmUp();
        }
    }

    /// <summary>Takes a sample of each side, one right after the other, so that what disturbs one disturbs all.</summary>
    public void Round()
    {
        foreach (Sampler sampler in Samplers)
        {
            sampler.Sample();
        }
    }

    /// <summary>What was measured.</summary>
    /// <returns>The result.</returns>
    public RowResult Result() => new(_row.Name)
    {
        Nanoseconds = _marcotte.Nanoseconds,
        FloorNanoseconds = _floor?.Nanoseconds,
        BuiltinNanoseconds = _builtin?.Nanoseconds,
        NativeNanoseconds = _native?.Nanoseconds,
        AllocatedBytes = _row.Pace == Pace.Long ? null : _marcotte.AllocatedBytes(),
        Noise = Samplers.Max(sampler => sampler.Noise),
    };

    /// <inheritdoc/>
    public void Dispose() => _sides.ForEach(side => side.Dispose());

    private Sampler? Add(Side? side)
    {
        if (side is null)
        {
            return null;
        }

        _sides.Add(side);
        return new Sampler(side, _row.IsProgram ? ProgramNanoseconds : Sampler.ShortNanoseconds);
    }
}
