/// <summary>The second value is written while the first is still on the belt.</summary>
public static class OneReading
{
    public const string Schedule = "AAAABBBAA";
}
