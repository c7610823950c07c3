namespace ConcurrencySpecs.Processes;

/// <summary>What came of a child's entry: a result, or an exception.</summary>
internal sealed record Outcome(byte[]? Result, string Type, string Message, string Text)
{
    public static Outcome Returned(byte[] result) => new(result, "", "", "");

    public static Outcome Threw(Exception failure) => new(null, failure.GetType().FullName!, failure.Message, failure.ToString());

    public RemoteException? FailureIn(string child) => Result is null ? new RemoteException(child, Type, Message, Text) : null;

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Result is not null);
        if (Result is not null)
        {
            writer.Write(Result.Length);
            writer.Write(Result);
        }
        else
        {
            writer.Write(Type);
            writer.Write(Message);
            writer.Write(Text);
        }

        return bytes.ToArray();
    }

    public static Outcome Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return reader.ReadBoolean() ? Returned(reader.ReadBytes(reader.ReadInt32())) : new(null, reader.ReadString(), reader.ReadString(), reader.ReadString());
    }
}
