using System.Security.Cryptography;
using System.Text;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Language;

/// <summary>One network's share of a <see cref="HiddenStateCache"/>.</summary>
internal sealed class NetworkStates(HiddenStateCache cache, string network)
{
    private long _bytes;
    private bool _isFull;

    /// <summary>States that were found and states that had to be computed, in batches.</summary>
    public (long Found, long Computed) Count { get; private set; }

    /// <summary>The states of some tokens, [rows, d] on their device: read, else computed and kept.</summary>
    /// <param name="ids">[B, T].</param>
    /// <param name="layout">Of the tokens.</param>
    /// <param name="rows">Which of the B x T states.</param>
    /// <param name="compute">Gives them.</param>
    public Tensor Of(Tensor ids, SequenceLayout layout, Tensor rows, Func<Tensor> compute)
    {
        if (_isFull) return compute();
        try
        {
            using var file = Open(ids, layout, rows, compute);
            if (file is null) return compute();
            using var mapped = HiddenStateCache.Read(file);
            _bytes += mapped.NumberOfElements * mapped.element_size();
            _isFull = _bytes > cache.ShareOfOne;
            return mapped.to(ids.device, copy: true);
        }
        catch (IOException)
        {
            // Without room the network is passed each time: slower, and the same result.
            _isFull = true;
            return compute();
        }
    }

    /// <summary>The scores of the answers of some examples, [examples, answers]: read, else computed and kept. They are few numbers, so that no budget is asked.</summary>
    /// <param name="rows">Digest of the tokens that the network reads.</param>
    /// <param name="compute">Gives them.</param>
    public Tensor Scores(string rows, Func<Tensor> compute)
    {
        try
        {
            using var file = cache.Open(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{network}\nscores\n{rows}"))), compute);
            if (file is null) return compute();
            using var mapped = HiddenStateCache.Read(file);
            return mapped.clone();
        }
        catch (IOException)
        {
            return compute();
        }
    }

    /// <inheritdoc cref="HiddenStateCache.Open"/>
    public SafetensorsFile? Open(Tensor ids, SequenceLayout layout, Tensor rows, Func<Tensor> compute, Action? wait = null)
    {
        bool computed = false;
        var file = cache.Open(Key(ids, layout, rows), () => { computed = true; return compute(); }, wait);
        if (file is not null) Count = computed ? (Count.Found, Count.Computed + 1) : (Count.Found + 1, Count.Computed);
        return file;
    }

    private string Key(Tensor ids, SequenceLayout layout, Tensor rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text($"{network}\n{layout.Longest}");
        foreach (var part in new[] { ids, layout.Positions, layout.Real, layout.Segments, rows })
        {
            using var scope = NewDisposeScope();
            Text(part is null ? "\n-" : $"\n{string.Join(',', part.shape)}\n");
            if (part is not null) hash.AppendData(part.cpu().contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Text(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
