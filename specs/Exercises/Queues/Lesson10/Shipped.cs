/// <summary>You are the scheduler. Lesson10Spec.cs holds a sensor (A) that reuses one object, and a display (B):</summary>
/// <remarks>
/// <code>
/// reading.Value = 1;         int shown = belt.Take().Value;
/// belt.Put(reading);
/// reading.Value = 2;
/// belt.Put(reading);
/// </code>
/// </remarks>
public static class OneReading
{
    // TODO: find the order of steps in which the first thing that the display shows is 2. One letter is one step.
    public const string Schedule = "AAABBBAAA";
}
