public sealed class Lesson_05_An_exception_between_enter_and_exit : Lesson
{
    [Fact]
    public void an_empty_page_stops_no_printer() => Every(() =>
    {
        var printer = new Printer();
        bool[] refused = Results(() => Refuses(printer, ""), () => Refuses(printer, "a page"));
        Expect(printer.Printed == 1, "nothing", printer.Printed);
        Expect(refused[0], "swallowed");
    });

    private static bool Refuses(Printer printer, string page)
    {
        try
        {
            printer.Print(page);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
