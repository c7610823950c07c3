/// <summary>Clerk B has found no seat and gone home: there is no second step for him to take.</summary>
public static class TwoClerks
{
    public const string Schedule = "AAABB";
}
