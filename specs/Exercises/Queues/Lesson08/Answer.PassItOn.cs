/// <summary>As good: whoever takes the sentinel puts it back for the next one.</summary>
public static class Kitchen
{
    private const string Stop = "stop";

    public static void Cook(Belt<string> belt, string dish, int waiters)
    {
        belt.Put(dish);
        belt.Put(Stop);
    }

    public static int Serve(Belt<string> belt)
    {
        int served = 0;
        while (belt.Take() != Stop) served++;
        belt.Put(Stop);
        return served;
    }
}
