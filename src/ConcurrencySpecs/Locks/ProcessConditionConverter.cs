using System.Text.Json;
using System.Text.Json.Serialization;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Locks;

/// <summary>Hands a condition to a child together with its lock.</summary>
internal sealed class ProcessConditionConverter : JsonConverter<ProcessCondition>
{
    public override void Write(Utf8JsonWriter writer, ProcessCondition value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        SegmentConverter.Write(writer, value.Segment);
        SegmentConverter.Write(writer, value.Guard is RecursiveProcessLock recursive ? recursive.Inner.Segment : ((ProcessLock)value.Guard).Segment);
        writer.WriteBooleanValue(value.Guard is RecursiveProcessLock);
        writer.WriteEndArray();
    }

    public override ProcessCondition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        SharedMemorySegment segment = SegmentConverter.Read(ref reader, ProcessCondition.KindOfSegment);
        reader.Read();
        SharedMemorySegment guard = SegmentConverter.Read(ref reader, ProcessLock.KindOfSegment);
        reader.Read();
        bool isRecursive = reader.GetBoolean();
        reader.Read();
        return new(segment, isRecursive ? RecursiveProcessLock.Of(guard) : ProcessLock.Of(guard));
    }
}
