namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>The machinery in Spanish.</summary>
internal sealed class SpanishWords : Words
{
    public override string Language => "es";
    public override string Lesson(int number, int of) => $"Lección {number} de {of}";
    public override string FoundAt(long schedule) => $"(encontrado en la planificación {schedule})";
    public override string Replayed => "(repetido)";
    public override string Step => "paso";
    public override string Thread(char name) => $"hilo {name}";
    public override string Reads(string what, string? value) => value is null ? $"lee     {what}" : $"lee     {what} → {value}";
    public override string Writes(string what, string? value) => value is null ? $"escribe {what}" : $"escribe {what} ← {value}";
    public override string Enters(string what) => $"toma   {what}";
    public override string Leaves(string what) => $"suelta {what}";
    public override string WakesUp(string what) => $"despierta: {what}";
    public override string Joins(string what) => $"espera el fin de {what}";

    public override string Noun(string noun) => noun switch
    {
        "Monitor" or "Lock" => "cerrojo",
        "SemaphoreSlim" => "semáforo",
        "ConcurrentQueue" => "cola",
        "CountdownEvent" => "cuenta atrás",
        _ => noun,
    };

    public override string Again(int steps, int times) => (steps, times) switch
    {
        (1, 1) => "… una vez más",
        (1, _) => $"… {times} veces más",
        (_, 1) => $"… otra vez {steps} pasos",
        _ => $"… {steps} pasos {times}× más",
    };

    public override string LeftOut(int lines) => $"… {lines} líneas omitidas";
    public override string WaitsFor(string who, string what, string place) => $"el {who} espera {The(what)} en {place}";
    public override string HeldBy(string holder, string since, bool ended) => $"que tiene el {holder} desde {since}{(ended ? ", y ya ha terminado" : "")}";
    public override string NeverSignalled => "y nadie lo señala nunca";
    public override string NoneLeft => "y ya no queda ningún aviso para él";
    public override string TooEarly(string by, string place) => $"el último aviso, del {by} en {place}, llegó antes";
    public override string UsedUp(string by, string place) => $"y el último aviso, del {by} en {place}, fue para otro o no bastó";
    public override string WouldGoOn(string who, string step) => $"el {who} haría: {step}";
    public override string Repeats(string who, string place) => $"el {who} da vueltas y vueltas en {place}";
    public override string Would => "después";
    public override string Waits => "esperas";
    public override string Cycle => "ciclo";
    public override string Why => "por qué";
    public override string Task => "arregla";
    public override string Replay => "repetir";
    public override string ByHand => "a mano";
    public override string Hint => "pista";
    public override string InTheEnd => "al final";
    public override string Answer(string path) => $"Una buena respuesta: {path}";
    public override string Card(string path) => $"La tarjeta de este módulo: {path}";
    public override string Next(string path) => $"siguiente: {path}";
    public override string AllDone => "Todas las lecciones están hechas. Las tarjetas: `learn card` y el nombre de un módulo.";
    public override string RunIt => "Ejecútala:  cd specs/Exercises && dotnet test";
    public override string Reset(string path, string? before) =>
        before is null ? $"{path} está como se entregó." : $"{path} vuelve a estar como se entregó; lo tuyo queda en {before}.";
    public override string NoLesson(int number, int last) => $"No hay lección {number}. Hay lecciones de la 1 a la {last}; `learn` las muestra.";
    public override string NoModule(string name, string known) => $"No hay ningún módulo llamado '{name}'. Hay {known}.";

    public override string Finding(string key) => key switch
    {
        "deadlock" => "hay hilos que esperan algo que ningún hilo puede ya provocar",
        "leak" => "el programa ha terminado y un hilo no terminará nunca",
        "livelock" => "los hilos dan vueltas y vueltas y ya nada cambia",
        "endless" => "tras {0} pasos no se ve el final: ¿hay un bucle que no termina?",
        "circling" => "un hilo da vueltas y vueltas en {0} y no mira nada que otro pueda cambiar",
        "stuck" => "tras {0} un hilo calcula sin fin, o espera algo que el explorador no controla",
        "threw" => "el hilo {0} lanzó {1}: {2}",
        "unexhausted" => "no se han probado todas las planificaciones: detenido por {0}",
        "unfinished" => "tras los pasos {0} todavía queda trabajo por hacer en los hilos",
        "harmless" => "los pasos {0} no rompen nada",
        "impossible" => "la letra {0}, la número {1}, no corresponde a ningún paso: su hilo espera, ha terminado o no existe",
        _ => key,
    };

    private static string The(string what) => what.StartsWith("cola", StringComparison.Ordinal) || what.StartsWith("cuenta", StringComparison.Ordinal)
        ? $"la {what}" : $"el {what}";
}
