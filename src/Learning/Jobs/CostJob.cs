using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Jobs.Vision;
using Ptune.Learning.Models;
using Ptune.Learning.Transfer;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs;

/// <summary>The half of an evaluation that times inference.</summary>
internal static class CostJob
{
    private const int _batch = 256;

    /// <summary>The times; <paramref name="figures"/> gets what is the same in every run, the networks' sizes.</summary>
    public static SortedDictionary<string, double> Measure(JobContext context, EvaluationSpec spec, Examples examples, SortedDictionary<string, double> figures)
    {
        using var target = Load("targetModel", NetworkRole.Model);
        using var reward = Load("rewardModel", NetworkRole.Reward);
        using var source = Load("sourceModel", NetworkRole.Model);
        using var tuned = Load("tunedSourceModel", NetworkRole.Model);
        using var tensors = new ExampleTensors(examples, context.Device);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var images = tensors.Images(0, Math.Min(_batch, examples.Count));
        var port = new PortedClassifier(target, (reward, spec.Lambda));
        var eft = new EmulatedClassifier(target, tuned, source);

        Combination.RequireEffect(Scorer.ToTable(target.Forward(images)), Scorer.ToTable(port.Forward(images)));
        return InferenceTiming.Measure(images, target.Forward, port.Forward, eft.Forward, context.Run.Time, context.Run.Stop);

        IImageNetwork Load(string input, NetworkRole role)
        {
            var network = LoadedImageNetwork.Load(context, input, role, examples, spec.LabelPrompt);
            figures[$"{MetricNames.Parameters}.{input}"] = network.Network.Parameters.Count;
            return network;
        }
    }
}
