/// <summary>The other one first is still one after the other.</summary>
public static class TwoClerks
{
    public const string Schedule = "BBBA";
}
