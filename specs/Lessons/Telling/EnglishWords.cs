namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>The machinery in English.</summary>
internal sealed class EnglishWords : Words
{
    public override string Language => "en";
    public override string Lesson(int number, int of) => $"Lesson {number} of {of}";
    public override string FoundAt(long schedule) => $"(found at schedule {schedule})";
    public override string Replayed => "(replayed)";
    public override string Step => "step";
    public override string Thread(char name) => $"thread {name}";
    public override string Reads(string what, string? value) => value is null ? $"read  {what}" : $"read  {what} → {value}";
    public override string Writes(string what, string? value) => value is null ? $"write {what}" : $"write {what} ← {value}";
    public override string Enters(string what) => $"enter {what}";
    public override string Leaves(string what) => $"exit  {what}";
    public override string WakesUp(string what) => $"awake: has {what}";
    public override string Joins(string what) => $"joins {what}";

    public override string Noun(string noun) => noun switch
    {
        "Monitor" or "Lock" => "lock",
        "SemaphoreSlim" => "semaphore",
        "ConcurrentQueue" => "queue",
        "CountdownEvent" => "countdown",
        _ => noun,
    };

    public override string Again(int steps, int times) => (steps, times) switch
    {
        (1, 1) => "… once more",
        (1, _) => $"… {times} more times",
        (_, 1) => $"… {steps} steps again",
        _ => $"… {steps} steps {times}× more",
    };

    public override string LeftOut(int lines) => $"… {lines} lines left out";
    public override string WaitsFor(string who, string what, string place) => $"{who} waits for {what} at {place}";
    public override string HeldBy(string holder, string since, bool ended) => $"held by {holder} since {since}{(ended ? ", which has ended" : "")}";
    public override string NeverSignalled => "and nobody ever signals it";
    public override string NoneLeft => "and no signal is left for it";
    public override string TooEarly(string by, string place) => $"the last signal, by {by} at {place}, came before that";
    public override string UsedUp(string by, string place) => $"and the last signal, by {by} at {place}, went to another or was not enough";
    public override string WouldGoOn(string who, string step) => $"{who} would: {step}";
    public override string Repeats(string who, string place) => $"{who} goes round and round at {place}";
    public override string Would => "next";
    public override string Waits => "waits";
    public override string Cycle => "cycle";
    public override string Why => "why";
    public override string Task => "mend";
    public override string Replay => "replay";
    public override string ByHand => "by hand";
    public override string Hint => "hint";
    public override string InTheEnd => "at last";
    public override string Answer(string path) => $"One good answer: {path}";
    public override string Card(string path) => $"The card of this module: {path}";
    public override string Next(string path) => $"next: {path}";
    public override string AllDone => "All lessons are done. The cards: `learn card`, with the name of a module.";
    public override string RunIt => "Run it:  cd specs/Exercises && dotnet test";
    public override string Reset(string path, string? before) =>
        before is null ? $"{path} is as delivered." : $"{path} is as delivered again; yours is kept in {before}.";
    public override string NoLesson(int number, int last) => $"There is no lesson {number}. There are lessons 1 to {last}; `learn` shows them.";
    public override string NoModule(string name, string known) => $"There is no module named '{name}'. There are {known}.";

    public override string Finding(string key) => key switch
    {
        "deadlock" => "some threads wait for what no thread can bring about any more",
        "leak" => "the body has ended, and a thread never will",
        "livelock" => "threads run round and round and nothing changes any more",
        "endless" => "after {0} steps there is no end in sight: is there a loop that never ends?",
        "circling" => "a thread goes round and round at {0} and looks at nothing that another could change",
        "stuck" => "after {0} a thread computes for ever, or waits for something that the explorer does not control",
        "threw" => "thread {0} threw {1}: {2}",
        "unexhausted" => "not all schedules were tried: stopped by {0}",
        "unfinished" => "after the steps {0} the threads still have something to do",
        "harmless" => "the steps {0} do no harm",
        "impossible" => "the letter {0}, number {1}, fits no step: its thread waits, has ended or never was",
        _ => key,
    };
}
