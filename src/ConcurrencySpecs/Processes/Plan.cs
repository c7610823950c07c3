using System.Security.Cryptography;

namespace ConcurrencySpecs.Processes;

/// <summary>All that a child has to know to begin.</summary>
internal sealed record Plan(Entry Entry, string? ArgumentType, string? ResultType, byte[] Argument)
{
    public required string Name { get; init; }

    public required int ParentId { get; init; }

    /// <summary>The value that the variable with the start-up hooks has for the rest of the program.</summary>
    public required string? EarlierHooks { get; init; }

    /// <summary>The works of the child's ancestors, oldest first.</summary>
    public required IReadOnlyList<string> Ancestry { get; init; }

    /// <summary>The descriptors that come with the argument.</summary>
    public required IReadOnlyList<int> Handed { get; init; }

    /// <summary>What the child is to do, short: the same for the same entry with the same argument.</summary>
    public string Work => Convert.ToHexString(SHA256.HashData(WriteWork()).AsSpan(0, 16));

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        byte[] work = WriteWork();
        writer.Write(work.Length);
        writer.Write(work);
        writer.Write(Name);
        writer.Write(ParentId);
        WriteOptional(writer, EarlierHooks);
        WriteAll(writer, Ancestry, writer.Write);
        WriteAll(writer, Handed, writer.Write);
        return bytes.ToArray();
    }

    public static Plan Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        using var work = new BinaryReader(new MemoryStream(reader.ReadBytes(reader.ReadInt32())));
        var entry = new Entry(work.ReadString(), work.ReadInt32(), new Guid(work.ReadBytes(16)), ReadAll(work, work.ReadString));
        return new(entry, ReadOptional(work), ReadOptional(work), work.ReadBytes(work.ReadInt32()))
        {
            Name = reader.ReadString(),
            ParentId = reader.ReadInt32(),
            EarlierHooks = ReadOptional(reader),
            Ancestry = ReadAll(reader, reader.ReadString),
            Handed = ReadAll(reader, reader.ReadInt32),
        };
    }

    private byte[] WriteWork()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Entry.Type);
        writer.Write(Entry.Token);
        writer.Write(Entry.Version.ToByteArray());
        WriteAll(writer, Entry.TypeArguments, writer.Write);
        WriteOptional(writer, ArgumentType);
        WriteOptional(writer, ResultType);
        writer.Write(Argument.Length);
        writer.Write(Argument);
        return bytes.ToArray();
    }

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items) write(item);
    }

    private static T[] ReadAll<T>(BinaryReader reader, Func<T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (int i = 0; i < items.Length; i++) items[i] = read();
        return items;
    }
}
