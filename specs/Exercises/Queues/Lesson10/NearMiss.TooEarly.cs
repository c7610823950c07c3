/// <summary>Nothing is on the belt yet, so the display cannot take its step: it waits.</summary>
public static class OneReading
{
    public const string Schedule = "ABAAABBAA";
}
