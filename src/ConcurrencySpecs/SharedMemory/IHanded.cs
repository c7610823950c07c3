using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>A type that lives in a segment of its own, and goes to a child as that segment.</summary>
internal interface IHanded<TSelf> where TSelf : IHanded<TSelf>
{
    /// <summary>What the segment says it holds.</summary>
    static abstract string Kind { get; }

    SharedMemorySegment Segment { get; }

    static abstract TSelf In(SharedMemorySegment segment);
}

/// <summary>Hands objects to children.</summary>
internal sealed class HandedConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => true;       // only those types that name it come here

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Children are started by reflection anyway: ChildProcess.Create says it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Children are started by reflection anyway: ChildProcess.Create says it.")]
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T> where T : IHanded<T>
    {
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => SegmentConverter.Write(writer, value.Segment);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.In(SegmentConverter.Read(ref reader, T.Kind));
    }
}
