namespace Marcotte.Cli;

/// <summary>Something on the command line cannot be done. The message is one line that names the thing and the remedy.</summary>
internal sealed class HostMistakeException(string message) : Exception(message);
