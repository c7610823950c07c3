namespace ConcurrencySpecs.Native;

/// <summary>Whole numbers in what the system writes, read by hand.</summary>
/// <remarks>
/// The runtime's own way asks for a culture, and with the first of them loads the library of all cultures: a tenth of the memory of a child process
/// that has no other use for it.
/// </remarks>
internal static class Digits
{
    private const int Base = 10;

    /// <summary>False when the text is anything but the digits of a number that a long can hold.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit) || number > (long.MaxValue - (digit - '0')) / Base) return false;
            number = (Base * number) + (digit - '0');
        }

        return text.Length > 0;
    }
}
