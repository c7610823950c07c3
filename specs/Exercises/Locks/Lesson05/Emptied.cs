public sealed class Printer
{
    public int Printed => 0;

    public void Print(string page) { }
}
