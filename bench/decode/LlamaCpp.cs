using LLama;
using LLama.Common;
using LLama.Native;

namespace Ptune.Decode.Bench;

/// <summary>llama.cpp through LLamaSharp: one sequence, f32 weights and f32 cache, the best token each time.</summary>
internal sealed class LlamaCpp : IDisposable
{
    private readonly LLamaWeights _weights;
    private readonly LLamaContext _context;

    public LlamaCpp(string gguf, int threads, uint context)
    {
        NativeLogConfig.llama_log_set((level, message) =>
        {
            if (level == LLamaLogLevel.Error) Console.Error.Write(message);
        });
        var parameters = new ModelParams(gguf)
        {
            ContextSize = context,
            BatchSize = context,
            UBatchSize = context,
            Threads = threads,
            BatchThreads = threads,
            GpuLayerCount = 0,
            TypeK = GGMLType.GGML_TYPE_F32,
            TypeV = GGMLType.GGML_TYPE_F32,
        };
        _weights = LLamaWeights.LoadFromFile(parameters);
        _context = _weights.CreateContext(parameters);
    }

    /// <summary>Reads a prompt into an empty cache and gives the logits behind it.</summary>
    public float[] Prefill(IReadOnlyList<int> prompt)
    {
        _context.NativeHandle.MemoryClear();
        var batch = new LLamaBatch();
        foreach (var (place, token) in prompt.Index()) batch.Add(token, place, LLamaSeqId.Zero, place == prompt.Count - 1);
        return Decoded(batch);
    }

    /// <summary>Reads one more token.</summary>
    public float[] Next(int token, int place)
    {
        var batch = new LLamaBatch();
        batch.Add(token, place, LLamaSeqId.Zero, true);
        return Decoded(batch);
    }

    public void Dispose()
    {
        _context.Dispose();
        _weights.Dispose();
    }

    private float[] Decoded(LLamaBatch batch)
    {
        if (_context.NativeHandle.Decode(batch) is var result && result != DecodeResult.Ok) throw new InvalidOperationException($"llama.cpp: {result}");
        return _context.NativeHandle.GetLogitsIth(batch.TokenCount - 1).ToArray();
    }
}
