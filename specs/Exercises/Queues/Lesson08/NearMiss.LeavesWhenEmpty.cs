/// <summary>Nobody waits for ever, because nobody waits at all: lesson 7 again.</summary>
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
        while (belt.TryTake(out string? taken) && taken != Stop) served++;
        return served;
    }
}
