using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// A classification head that takes the place of a checkpoint's, because the labels are others: its numbers are drawn, as transformers does for another
/// <c>num_labels</c>, or they are the checkpoint's rows in the order of the labels.
/// </summary>
/// <param name="Labels">In the order of the outputs.</param>
/// <param name="Seed">Of the numbers that are drawn.</param>
/// <param name="Rows">The checkpoint's row for each label; null: the head is drawn.</param>
internal sealed record NewHead(IReadOnlyList<string> Labels, long Seed, IReadOnlyList<int>? Rows = null)
{
    private const string _unnamed = "LABEL_";

    /// <summary>What a model with the labels <paramref name="own"/> needs to answer with <paramref name="wanted"/>; null: nothing.</summary>
    public static NewHead? For(IReadOnlyList<string> own, IReadOnlyList<string> wanted, long seed)
    {
        if (own.SequenceEqual(wanted)) return null;
        bool unnamed = own.Count == wanted.Count && own.Index().All(label => label.Item == $"{_unnamed}{label.Index}");
        if (unnamed) return new NewHead(wanted, seed, [.. Enumerable.Range(0, own.Count)]);
        var known = own.Index().DistinctBy(label => label.Item).ToDictionary(label => label.Item, label => label.Index, StringComparer.Ordinal);
        return new NewHead(wanted, seed, own.Count == wanted.Count && wanted.All(known.ContainsKey) ? [.. wanted.Select(label => known[label])] : null);
    }

    /// <summary>One parameter of the head, on the CPU; the caller disposes of it.</summary>
    /// <param name="parameters">All that are new, in their order.</param>
    /// <param name="name">Which of them.</param>
    /// <param name="stored">The checkpoint's, where it has one of that name; it is not kept.</param>
    public Tensor Value(IEnumerable<ParameterDeclaration> parameters, string name, Func<Tensor> stored)
    {
        if (Rows is not null)
        {
            using var scope = NewDisposeScope();
            return stored().index_select(0, tensor(Rows.Select(row => (long)row).ToArray())).MoveToOuterDisposeScope();
        }

        var random = Data.SplitMix64.Stream(Seed, Data.RandomPurpose.Head);
        foreach (var parameter in parameters)
        {
            float[] values = new float[parameter.Elements];
            parameter.Init(values, ref random);
            if (parameter.Name == name) return tensor(values, parameter.Shape);
        }

        throw new ArgumentException($"'{name}' is not a parameter of the head.", nameof(name));
    }

    /// <summary>A sentence about it.</summary>
    /// <param name="own">The model's labels.</param>
    public string Note(IReadOnlyList<string> own)
    {
        if (own.Count == 0) return $"The model has no classification head: a new one for the labels [{Some(Labels)}] was drawn from the seed.";
        string labels = $"The model answers with the labels [{Some(own)}], and the data have [{Some(Labels)}]";
        return Rows is null ? $"{labels}: a new classification head was drawn from the seed." : $"{labels}: the head was kept, with the data's names and order.";
    }

    private static string Some(IReadOnlyList<string> labels) => string.Join(", ", labels.Take(20)) + (labels.Count > 20 ? ", ..." : "");
}
