/// <summary>Both look before either of them sells.</summary>
public static class TwoClerks
{
    public const string Schedule = "ABAABB";
}
