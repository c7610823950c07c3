/// <summary>Enough sentinels, but they overtake the dish.</summary>
public static class Kitchen
{
    private const string Stop = "stop";

    public static void Cook(Belt<string> belt, string dish, int waiters)
    {
        for (int i = 0; i < waiters; i++) belt.Put(Stop);
        belt.Put(dish);
    }

    public static int Serve(Belt<string> belt)
    {
        int served = 0;
        while (belt.Take() != Stop) served++;
        return served;
    }
}
