using Marcotte.Benchmarks.Rows;

namespace Marcotte.Benchmarks.Sides;

/// <summary>A row's guest in a box: Marcotte itself, or the floor.</summary>
internal sealed class BoxSide : Side
{
    private readonly BoxTemplate _template;
    private readonly Box _box;

    /// <summary>Starts a box.</summary>
    /// <param name="template">What it starts from; disposed with it.</param>
    /// <param name="row">The row.</param>
    public BoxSide(BoxTemplate template, Row row)
    {
        _template = template;
        _box = template.Create();
        if (row.Guest.Length < 2)
        {
            return;
        }

        if (row.Storage == Storage.Memory)
        {
            _box.Call("seed", row.Entries);
        }

        // To open the file for writing would copy it up, and what is measured of an overlay is what lies below.
        if (row.Storage != Storage.Overlay)
        {
            _box.Call("open", row.Entries);
        }
    }

    /// <inheritdoc/>
    public override bool IsCompiledAtRunTime => true;

    /// <inheritdoc/>
    public override void Run(int operations) => _box.Call("run", operations);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _box.Dispose();
        _template.Dispose();
    }
}

/// <summary>Boxes from a template: each made, run to its end and disposed.</summary>
/// <param name="template">What they start from; disposed with this.</param>
internal sealed class BoxStartSide(BoxTemplate template) : Side
{
    /// <inheritdoc/>
    public override bool IsCompiledAtRunTime => true;

    /// <inheritdoc/>
    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            if (template.Run().Outcome is not Exited { Code: 0 } and var outcome)
            {
                throw new InvalidOperationException($"The guest did not end well: {outcome}");
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => template.Dispose();
}
