using System.Text.Json;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>Hands a segment to a child as itself: the open file goes along, and the JSON names its place among the files.</summary>
internal sealed class SegmentConverter : JsonConverter<SharedMemorySegment>
{
    public override void Write(Utf8JsonWriter writer, SharedMemorySegment value, JsonSerializerOptions options) => Write(writer, value);

    public override SharedMemorySegment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, SegmentFormat.PlainKind);

    /// <summary>Writes the segment, or that of a type built on one.</summary>
    public static void Write(Utf8JsonWriter writer, SharedMemorySegment segment)
    {
        int place = HandedDescriptors.Current.Add(segment.Open().File);
        writer.WriteStartArray();
        writer.WriteNumberValue(place);
        writer.WriteStringValue(segment.Name);
        writer.WriteEndArray();
    }

    public static SharedMemorySegment Read(ref Utf8JsonReader reader, string kind)
    {
        reader.Read();
        int place = reader.GetInt32();
        reader.Read();
        string? name = reader.GetString();
        reader.Read();
        SafeFileHandle file = HandedDescriptors.Current.At(place);
        return SharedMemorySegment.Adopt(name is null ? Descriptors.Duplicate(file) : SegmentReclaimer.ReopenHeld(file, name), name, kind);
    }
}
