/// <summary>The value has changed, but the display has not looked at it yet.</summary>
public static class OneReading
{
    public const string Schedule = "AAAABB";
}
