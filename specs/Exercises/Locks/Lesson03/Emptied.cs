public static class TwoClerks
{
    public const string Schedule = "";
}
