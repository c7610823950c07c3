public static class OneReading
{
    public const string Schedule = "";
}
