using ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Programs of the partial-order reduction literature whose numbers of executions are published.</summary>
public static class Published
{
    /// <summary>One thread looks for the last zero from the right while n threads write n places in a chain.</summary>
    public static void LastZero(int n)
    {
        Cell[] cells = Cells(n + 1);
        var bodies = new Action[n + 1];
        bodies[0] = () =>
        {
            int i = n;
            while (cells[i].Read() != 0) i--;
        };
        for (int j = 1; j <= n; j++)
        {
            int mine = j;
            bodies[j] = () => cells[mine].Write(cells[mine - 1].Read() + 1);
        }
        Run.Together(bodies);
    }

    /// <summary>One writer, n readers of the same location.</summary>
    public static void Readers(int n)
    {
        var cell = new Cell();
        var bodies = new Action[n + 1];
        bodies[0] = () => cell.Write(1);
        for (int j = 1; j <= n; j++) bodies[j] = () => cell.Read();
        Run.Together(bodies);
    }

    /// <summary>n threads put four messages each into a hash table by compare-exchange; they collide only from the twelfth thread on.</summary>
    public static void Indexer(int n)
    {
        const int Size = 128, Most = 4;
        Cell[] table = Cells(Size);
        var bodies = new Action[n];
        for (int t = 0; t < n; t++)
        {
            int me = t;
            bodies[t] = () =>
            {
                for (int m = 0; m < Most;)
                {
                    int message = ++m * 11 + me;
                    int slot = message * 7 % Size;
                    while (!table[slot].CompareExchange(message, 0)) slot = (slot + 1) % Size;
                }
            };
        }
        Run.Together(bodies);
    }

    /// <summary>n threads, one atomic increment each.</summary>
    public static void Increments(int n)
    {
        var cell = new Cell();
        Run.Together([.. Enumerable.Range(0, n).Select(_ => (Action)(() => cell.Add(1)))]);
    }

    private static Cell[] Cells(int n) => [.. Enumerable.Range(0, n).Select(_ => new Cell())];
}
