using System.IO.Compression;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Writes the symbols of one module twice: beside the image and inside it.</summary>
/// <remarks>The runtime tells a debugger of symbols beside an image in memory. Debuggers that do not listen look into the image, and nowhere else.</remarks>
internal sealed class EmbeddedSymbols : ISymbolWriterProvider, ISymbolWriter
{
    private readonly MemoryStream _symbols = new();
    private ISymbolWriter? _writer;

    /// <summary>The symbols, once the module is written.</summary>
    public byte[] ToArray() => _symbols.ToArray();

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) => GetSymbolWriter(module, _symbols);

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream)
    {
        _writer = new PortablePdbWriterProvider().GetSymbolWriter(module, symbolStream);
        return this;
    }

    public ISymbolReaderProvider GetReaderProvider() => new EmbeddedPortablePdbReaderProvider();

    public void Write(MethodDebugInformation info) => _writer!.Write(info);

    public void Write(ICustomDebugInformationProvider provider) => _writer!.Write(provider);

    public void Write() => _writer!.Write();

    public ImageDebugHeader GetDebugHeader()
    {
        using var data = new MemoryStream();
        data.Write("MPDB"u8);
        data.Write(BitConverter.GetBytes((int)_symbols.Length));
        using (var deflate = new DeflateStream(data, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(_symbols.GetBuffer(), 0, (int)_symbols.Length);
        var directory = new ImageDebugDirectory
        {
            Type = ImageDebugType.EmbeddedPortablePdb,
            MajorVersion = 0x0100,      // of the portable format
            MinorVersion = 0x0100,      // of its embedding
            SizeOfData = (int)data.Length,
        };
        return new ImageDebugHeader([.. _writer!.GetDebugHeader().Entries, new ImageDebugHeaderEntry(directory, data.ToArray())]);
    }

    public void Dispose() => _writer?.Dispose();
}
