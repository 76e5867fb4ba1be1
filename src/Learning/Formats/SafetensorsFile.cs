using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using Ptune.Contracts.Identity;
using static TorchSharp.torch;

namespace Ptune.Learning.Formats;

/// <summary>
/// A safetensors file, memory-mapped: opening reads only the header, and a tensor's pages come from the disk when they are touched.
/// </summary>
internal sealed unsafe class SafetensorsFile : IDisposable
{
    // A span's length is an int, and a tensor's need not be.
    private const int _hashedAtOnce = 1 << 30;

    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    private bool _closed;

    private SafetensorsFile(string path)
    {
        Path = path;
        using var stream = StoredFile.Open(path);
        if (stream.Length < SafetensorsHeader.LengthBytes)
            throw new MalformedFileException(path, stream.Length, "the file ends within the length of the safetensors header");

        // Copy on write: a tensor over the mapping may be written to without the file ever changing.
        _mapping = MemoryMappedFile.CreateFromFile(stream.Handle, null, 0, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, stream.Length, MemoryMappedFileAccess.CopyOnWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        try
        {
            Header = ReadHeader(path, stream.Length);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    public SafetensorsHeader Header { get; }

    public IReadOnlyDictionary<string, string> Metadata => Header.Metadata;

    /// <exception cref="MalformedFileException">The file is not a whole and sound safetensors file.</exception>
    /// <exception cref="LearningException">It is not a regular file.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static SafetensorsFile Open(string path) => new(path);

    /// <summary>The digest of a tensor's bytes, however many they are.</summary>
    /// <param name="atOnce">So many are handed to the hash in one call.</param>
    public string DigestOf(TensorEntry entry, int atOnce = _hashedAtOnce)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long at = entry.Begin; at < entry.End; at += atOnce)
            hash.AppendData(new ReadOnlySpan<byte>(_start + Header.DataStart + at, (int)Math.Min(atOnce, entry.End - at)));
        return Digest.Of(hash);
    }

    /// <summary>The tensor of that name, on the CPU, over the mapping: it must go before this file is closed.</summary>
    /// <exception cref="MalformedFileException">There is none, or it has another shape.</exception>
    public Tensor Tensor(string name, params ReadOnlySpan<long> shape)
    {
        var entry = Entry(name, shape);
        byte* elements = _start + Header.DataStart + entry.Begin;
        if (entry.Type.Torch is not { } type)
            throw new MalformedFileException(Path, Header.DataStart + entry.Begin, $"tensor '{Readable.Text(name)}' is {entry.Type.Name}, which cannot be computed with");
        var mapped = NativeTensors.Over(elements, type, entry.Shape);
        // The format promises no alignment, and processors do.
        if ((nint)elements % entry.Type.Bytes == 0) return mapped;
        using (mapped) return NativeTensors.Aligned(elements, entry.End - entry.Begin, mapped);
    }

    /// <summary>The elements of the tensor of that name and type, over the mapping.</summary>
    /// <exception cref="MalformedFileException">There is none, it has another shape or type, or more elements than a span or an array of .NET can hold.</exception>
    public ReadOnlySpan<T> Elements<T>(string name, TensorType type, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        var entry = Entry(name, shape);
        if (entry.Type != type) throw new MalformedFileException(Path, Header.DataStart + entry.Begin, $"tensor '{Readable.Text(name)}' is {entry.Type.Name}, not {type.Name}");
        long count = (entry.End - entry.Begin) / sizeof(T);
        if (count > Array.MaxLength)
            throw new MalformedFileException(Path, Header.DataStart + entry.Begin, $"tensor '{Readable.Text(name)}' has {count} elements, and no more than {Array.MaxLength} can be read one by one");
        return new ReadOnlySpan<T>(_start + Header.DataStart + entry.Begin, (int)count);
    }

    public TensorEntry Entry(string name, params ReadOnlySpan<long> shape)
    {
        if (!Header.Entries.TryGetValue(name, out var entry))
            throw new MalformedFileException(Path, SafetensorsHeader.LengthBytes, $"there is no tensor '{Readable.Text(name)}'");
        if (shape.Length > 0 && !entry.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new MalformedFileException(
                Path, Header.DataStart + entry.Begin, $"tensor '{Readable.Text(name)}' is {Readable.Shape(entry.Shape)}, not {Readable.Shape(shape.ToArray())}");
        }

        return entry;
    }

    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _mapping.Dispose();
    }

    private SafetensorsHeader ReadHeader(string path, long length)
    {
        ulong announced = BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(_start, SafetensorsHeader.LengthBytes));
        if (announced > (ulong)Math.Min(length - SafetensorsHeader.LengthBytes, SafetensorsHeader.MaxBytes))
            throw new MalformedFileException(path, 0, $"the header is announced with {announced} bytes, but the file has {length} in all, and no header more than {SafetensorsHeader.MaxBytes}");
        return SafetensorsHeader.Parse(path, new ReadOnlySpan<byte>(_start + SafetensorsHeader.LengthBytes, (int)announced), length);
    }
}
