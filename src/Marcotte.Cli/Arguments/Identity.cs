using System.Globalization;

namespace Marcotte.Cli;

/// <summary>Who the program acts as: <c>UID</c>, or <c>UID:GID</c>; the group has the user's number when it is not said.</summary>
internal sealed record Identity(uint User, uint Group)
{
    internal static Identity Parse(string text)
    {
        string[] numbers = text.Split(':');
        return numbers.Length <= 2 && TryRead(numbers[0], out uint user) && TryRead(numbers[^1], out uint group)
            ? new Identity(user, group)
            : throw new HostMistakeException($"--user '{text}' is not UID[:GID]; give numbers, such as 1000 or 1000:100");
    }

    // The highest number means "none" to chown(2).
    private static bool TryRead(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number != uint.MaxValue;
}
