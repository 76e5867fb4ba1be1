using Native = Tokenizers.DotNet.Tokenizer;

namespace Ptune.Learning.Tokenization;

/// <summary>Hugging Face's own tokenizers library on one file's bytes.</summary>
internal sealed class NativeTokenizer : IDisposable
{
    private readonly Native _native;
    private readonly string _name;

    /// <param name="content">A tokenizer.json.</param>
    /// <param name="name">The file that it was made from, for errors.</param>
    /// <exception cref="TokenizerException">The library refuses it.</exception>
    public NativeTokenizer(byte[] content, string name)
    {
        _name = name;
        // The binding reads files only.
        var file = Path.Combine(Path.GetTempPath(), $"ptune-tokenizer-{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllBytes(file, content);
            _native = new Native(file);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or IOException or UnauthorizedAccessException))
        {
            throw new TokenizerException($"{name} is refused by the tokenizers library: {e.Message}", e);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <exception cref="TokenizerException">The text cannot be encoded.</exception>
    public int[] Encode(string text)
    {
        if (text.Length == 0) return [];
        return Array.ConvertAll(Call(() => _native.Encode(text)), id => (int)id);
    }

    /// <exception cref="TokenizerException">The ids cannot be decoded.</exception>
    public string Decode(IReadOnlyCollection<int> ids) => ids.Count == 0 ? "" : Call(() => _native.Decode([.. ids.Select(id => (uint)id)]));

    public void Dispose() => _native.Dispose();

    private T Call<T>(Func<T> call)
    {
        try
        {
            // One call at a time: the binding does not say that it may be shared.
            lock (_native) return call();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new TokenizerException($"{_name}: {e.Message}", e);
        }
    }
}
