/// <summary>A cook puts a dish on a belt, a waiter serves it; the word "stop" tells them to go home.</summary>
public static class Kitchen
{
    private const string Stop = "stop";

    // TODO: when the cook is done, let every waiter go home, and the dish not stay behind.
    public static void Cook(Belt<string> belt, string dish, int waiters)
    {
        belt.Put(dish);
        belt.Put(Stop);
    }

    public static int Serve(Belt<string> belt)
    {
        int served = 0;
        while (belt.Take() != Stop) served++;
        return served;
    }
}
