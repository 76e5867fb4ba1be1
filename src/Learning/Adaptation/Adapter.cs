using Ptune.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>What was learnt, or is to be learnt, beside a frozen network: its tensors, which hang on the network's layers while it lives.</summary>
/// <param name="layout">What it consists of; null for a soft prompt.</param>
/// <param name="parameters">By PEFT's names, without the prefix.</param>
/// <param name="prompt">Vectors before the text, or null.</param>
/// <param name="copies">Of the modules that are trained whole, in the type of a base that does not compute in f32; null: there are none.</param>
internal sealed class Adapter(AdapterLayout? layout, TrainableParameters parameters, SoftPrompt? prompt, ComputeCopies? copies = null) : IDisposable
{
    /// <summary>PEFT's name of a soft prompt.</summary>
    public const string PromptName = "prompt_embeddings";

    public AdapterLayout? Layout { get; } = layout;

    public TrainableParameters Parameters { get; } = parameters;

    public SoftPrompt? Prompt { get; } = prompt;

    /// <summary>What the network has in the place of some parameters; a trainer keeps them up.</summary>
    public ComputeCopies? Copies { get; } = copies;

    /// <summary>A fresh adapter: deltas that change nothing yet, and copies of the modules that are trained whole.</summary>
    /// <param name="seed">Of the numbers that are drawn.</param>
    public static Adapter Create(AdapterLayout layout, Device device, long seed)
    {
        var parameters = Declare(layout.Parts, device, trainable: true);
        parameters.Initialize(seed);
        using (no_grad())
        {
            foreach (var part in layout.Parts.Where(part => part.CopyOf is not null)) parameters[part.Key].copy_(part.CopyOf!);
        }

        return Hung(layout, parameters, trainable: true);
    }

    /// <summary>An adapter of known tensors, hung on the network.</summary>
    /// <param name="valueOf">A part's numbers, of any floating-point type.</param>
    public static Adapter Of(AdapterLayout layout, Func<AdapterPart, Tensor> valueOf, Device device, bool trainable)
    {
        return Hung(layout, Fill(layout.Parts, valueOf, device, trainable), trainable);
    }

    /// <summary>A soft prompt of known vectors [n, d].</summary>
    public static Adapter OfPrompt(Tensor vectors, Device device, bool trainable)
    {
        var parameters = Fill([new AdapterPart([PromptName], vectors.shape, ParameterInits.Zeros)], _ => vectors, device, trainable);
        return new Adapter(null, parameters, new SoftPrompt(parameters[PromptName]));
    }

    /// <summary>A fresh soft prompt: copies of the rows of the token table, drawn at random, which are near to what the model knows.</summary>
    public static Adapter CreatePrompt(CausalLanguageModel model, int length, Device device, long seed)
    {
        using var scope = NewDisposeScope();
        var random = Data.SplitMix64.Stream(seed, Data.RandomPurpose.Weights);
        long[] rows = [.. Enumerable.Range(0, length).Select(_ => (long)random.NextBelow((int)model.Embedding.Weight.shape[0]))];
        return OfPrompt(model.Embedding.Weight.index_select(0, tensor(rows, ScalarType.Int64, device: model.Embedding.Weight.device)), device, trainable: true);
    }

    public void Dispose()
    {
        Copies?.Dispose();
        Parameters.Dispose();
    }

    private static Adapter Hung(AdapterLayout layout, TrainableParameters parameters, bool trainable)
    {
        // A layer computes in one type; deltas convert for themselves.
        var whole = layout.Parts.Where(part => trainable && part.CopyOf is { } own && own.dtype != ScalarType.Float32).ToList();
        var copies = whole.Count == 0 ? null : new ComputeCopies(parameters, whole[0].CopyOf!.dtype, whole.Select(part => part.Key));
        layout.Attach(key => copies?.Has(key) == true ? copies[key] : parameters[key]);
        return new Adapter(layout, parameters, null, copies);
    }

    private static TrainableParameters Fill(IReadOnlyList<AdapterPart> parts, Func<AdapterPart, Tensor> valueOf, Device device, bool trainable)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var parameters = Declare(parts, device, trainable);
        foreach (var part in parts) parameters[part.Key].copy_(valueOf(part));
        return parameters;
    }

    private static TrainableParameters Declare(IReadOnlyList<AdapterPart> parts, Device device, bool trainable)
    {
        var parameters = new TrainableParameters();
        foreach (var part in parts) parameters.Declare(part.Key, part.Init, part.Shape);
        parameters.Allocate(device, trainable);
        return parameters;
    }
}
