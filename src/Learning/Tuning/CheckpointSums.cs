using Ptune.Contracts.Identity;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Tuning;

/// <summary>
/// The digests in a checkpoint's metadata: of the tensors' bytes, and of everything else that its header says. Safetensors has no sum of its own, and a flipped digit
/// of the step would be believed.
/// </summary>
internal static class CheckpointSums
{
    private const string _tensors = "tensors";
    private const string _header = "header";

    /// <summary>The metadata with the digests.</summary>
    public static Dictionary<string, string> Seal(IReadOnlyDictionary<string, string> metadata, IReadOnlyCollection<TensorBytes> tensors)
    {
        var all = new Dictionary<string, string>(metadata) { [_tensors] = OfTensors(tensors.Select(t => (t.Name, t.Digest()))) };
        all[_header] = OfHeader(all, tensors.Select(t => (t.Name, t.Type, t.Shape)));
        return all;
    }

    /// <exception cref="MalformedFileException">The file is not the one that was written.</exception>
    public static void Check(SafetensorsFile file)
    {
        var entries = file.Header.Entries.Values;
        // Earlier builds wrote none.
        if (file.Metadata.TryGetValue(_header, out string? header) && header != OfHeader(file.Metadata, entries.Select(e => (e.Name, e.Type, e.Shape))))
            throw new MalformedFileException(file.Path, SafetensorsHeader.LengthBytes, "the header is not the one that was saved: its digest differs");
        if (!file.Metadata.TryGetValue(_tensors, out string? tensors))
            throw new CheckpointException(file.Path, $"it is no checkpoint: its metadata lack '{_tensors}'.");
        if (tensors == OfTensors(entries.Select(e => (e.Name, file.DigestOf(e))))) return;
        throw new MalformedFileException(
            file.Path, file.Header.DataStart, "the tensors from here on are not the ones that were saved: their digest differs from the header's");
    }

    private static string OfTensors(IEnumerable<(string Name, string Digest)> tensors) =>
        Digest.Of(string.Join('\n', tensors.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => $"{t.Name} {t.Digest}")));

    private static string OfHeader(IReadOnlyDictionary<string, string> metadata, IEnumerable<(string Name, TensorType Type, long[] Shape)> tensors) => Digest.Of(string.Join(
        '\n',
        metadata.Where(m => m.Key != _header).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value}")
            .Concat(tensors.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => $"{t.Name} {t.Type.Name} {string.Join(',', t.Shape)}"))));
}
