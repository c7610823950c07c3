/// <summary>You are the scheduler. Lesson03Spec.cs holds a ticket desk with one seat and this code, which looks right:</summary>
/// <remarks>
/// <code>
/// if (_seats == 0) return false;
/// _seats = _seats - 1;
/// return true;
/// </code>
/// </remarks>
public static class TwoClerks
{
    // TODO: find the order of steps in which both clerks, A and B, sell the last seat. One letter is one step.
    public const string Schedule = "AAAB";
}
