using Marcotte.Cli;

try
{
    return new ToolCommand().Invoke(args);
}
catch (HostMistakeException mistake)
{
    return Complaint.Write(mistake.Message, ExitCodes.HostMistake);
}
catch (Exception exception)
{
    return Complaint.Write($"internal error, please report it: {exception}", ExitCodes.HostMistake);
}
