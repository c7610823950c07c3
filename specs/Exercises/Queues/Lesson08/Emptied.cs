public static class Kitchen
{
    public static void Cook(Belt<string> belt, string dish, int waiters) { }

    public static int Serve(Belt<string> belt) => 0;
}
