using System.Security.Cryptography;

namespace ConcurrencySpecs.Processes;

/// <summary>All that a child has to know to begin.</summary>
internal sealed record Plan(Entry Entry, TypePlace? ArgumentType, TypePlace? ResultType, byte[] Argument)
{
    public required string Name { get; init; }

    public required int ParentId { get; init; }

    /// <summary>The value that the variable with the start-up hooks has for the rest of the program.</summary>
    public required string? EarlierHooks { get; init; }

    /// <summary>The works of the child's ancestors, oldest first.</summary>
    public required string[] Ancestry { get; init; }

    /// <summary>The descriptors that come with the argument.</summary>
    public required int[] Handed { get; init; }

    /// <summary>What the child is to do, short: the same for the same entry with the same argument.</summary>
    public string Work => Convert.ToHexString(SHA256.HashData(WriteWork()).AsSpan(0, 16));

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(WriteWork());          // first: what is read of it ends by itself
        writer.Write(Name);
        writer.Write(ParentId);
        WriteOptional(writer, EarlierHooks);
        writer.Write(Ancestry.Length);
        foreach (string work in Ancestry) writer.Write(work);
        writer.Write(Handed.Length);
        foreach (int descriptor in Handed) writer.Write(descriptor);
        return bytes.ToArray();
    }

    public static Plan Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return new(Entry.Read(reader), ReadType(reader), ReadType(reader), reader.ReadBytes(reader.ReadInt32()))
        {
            Name = reader.ReadString(),
            ParentId = reader.ReadInt32(),
            EarlierHooks = reader.ReadBoolean() ? reader.ReadString() : null,
            Ancestry = ReadAncestry(reader),
            Handed = ReadHanded(reader),
        };
    }

    private byte[] WriteWork()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Entry.Write(writer);
        WriteType(writer, ArgumentType);
        WriteType(writer, ResultType);
        writer.Write(Argument.Length);
        writer.Write(Argument);
        return bytes.ToArray();
    }

    private static void WriteType(BinaryWriter writer, TypePlace? type)
    {
        writer.Write(type is not null);
        type?.Write(writer);
    }

    private static TypePlace? ReadType(BinaryReader reader) => reader.ReadBoolean() ? TypePlace.Read(reader) : null;

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    private static string[] ReadAncestry(BinaryReader reader)
    {
        var works = new string[reader.ReadInt32()];
        for (int i = 0; i < works.Length; i++) works[i] = reader.ReadString();
        return works;
    }

    private static int[] ReadHanded(BinaryReader reader)
    {
        int[] descriptors = new int[reader.ReadInt32()];
        for (int i = 0; i < descriptors.Length; i++) descriptors[i] = reader.ReadInt32();
        return descriptors;
    }
}
