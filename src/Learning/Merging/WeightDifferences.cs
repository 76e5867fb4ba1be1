using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tensors;
using Ptune.Learning.Transfer;
using Ptune.Learning.Transfer.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Merging;

/// <summary>
/// theta' + w (theta_tuned - theta): what tuning changed of a model, added to another one of the same shapes and tokens (arXiv 2503.20110). Each sum is computed in f32
/// and rounded once, to the type that the base's tensor is stored in.
/// </summary>
internal static class WeightDifferences
{
    private const int _named = 10;

    /// <param name="baseArtifact">The model that is added to.</param>
    /// <param name="tuned">The tuned model.</param>
    /// <param name="source">The model that it was tuned from.</param>
    /// <param name="weight">What the difference counts.</param>
    /// <param name="target">An empty folder for the model that is made.</param>
    /// <exception cref="TransferException">A tensor is missing or has another shape, the tokens differ, or nothing changes.</exception>
    public static void Write(string baseArtifact, string tuned, string source, double weight, string target, CancellationToken stop)
    {
        using var to = ModelArtifact.Open(baseArtifact);
        using var learnt = ModelArtifact.Open(tuned);
        using var from = ModelArtifact.Open(source);
        RequireSameTensors(to, from, "the source");
        RequireSameTensors(to, learnt, "the tuned model");
        using (TokenContract.Of(TokenSpace.Of("The model", to), TokenSpace.Of("The source", from), CPU))
        {
        }

        bool changes = false;
        KeptFiles.Copy(to.Files, CompanionFiles.In(to.Files).Append(PretrainedFolder.ConfigFile), target, stop);
        var tensors = to.Keys.DistinctBy(pair => pair.Value).Select(pair =>
        {
            var entry = to.Weights.Entry(pair.Value);
            return TensorBytes.WhenWritten(pair.Value, entry.Type, entry.Shape, () => Sum(pair.Key));
        }).ToList();
        ShardWriter.Write(target, tensors);
        if (!changes) throw new TransferException("The tuned model has the weights of the model that it was tuned from: the difference is nothing, and the result would equal the bare target.");

        Tensor Sum(string parameter)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var own = to.Weights.Tensor(to.Keys[parameter]);
            var difference = InFloat(learnt, parameter) - InFloat(from, parameter);
            changes |= difference.any().item<bool>();
            var sum = own.to_type(ScalarType.Float32).Plus(difference.Times(weight)).to_type(own.dtype);
            return sum.isfinite().all().item<bool>()
                ? sum.MoveToOuterDisposeScope()
                : throw new TransferException($"The sum of the tensor '{parameter}' is not finite in {own.dtype}: a weight is too large, or a model is damaged.");
        }
    }

    private static Tensor InFloat(PretrainedFolder folder, string parameter) => folder.Weights.Tensor(folder.Keys[parameter]).to_type(ScalarType.Float32);

    private static void RequireSameTensors(PretrainedFolder to, PretrainedFolder other, string name)
    {
        var misfits = to.Keys.Keys.Union(other.Keys.Keys).Where(key => !ShapeOf(to, key).SequenceEqual(ShapeOf(other, key))).Order(StringComparer.Ordinal).ToList();
        if (misfits.Count == 0) return;
        string first = string.Join("; ", misfits.Take(_named).Select(key => $"{key} ({name}: {Shown(ShapeOf(other, key))}, the model: {Shown(ShapeOf(to, key))})"));
        throw new TransferException($"{misfits.Count} tensor{(misfits.Count == 1 ? " does" : "s do")} not fit{(misfits.Count > _named ? $"; the first {_named}" : "")}: {first}. A difference is added to models of the same shapes only.");
    }

    private static long[] ShapeOf(PretrainedFolder folder, string parameter) => folder.Keys.TryGetValue(parameter, out string? key) ? folder.Weights.Entry(key).Shape : [];

    private static string Shown(long[] shape) => shape.Length == 0 ? "none" : $"[{string.Join(", ", shape)}]";
}
