public sealed class Mailbox
{
    public void Put(string letter) { }

    public string Take() => "";
}
