namespace Marcotte;

/// <summary>Starts boxes from templates that were named when services were registered.</summary>
public interface IBoxFactory
{
    /// <summary>A template, built when it is first asked for.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The template; not to be disposed.</returns>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    BoxTemplate GetTemplate(string name);

    /// <summary>Makes a box.</summary>
    /// <param name="name">Its template's name.</param>
    /// <param name="start">What it has of its own.</param>
    /// <returns>The box; dispose it.</returns>
    /// <exception cref="ArgumentException">There is no template of that name.</exception>
    Box Create(string name, BoxStart? start = null);
}
