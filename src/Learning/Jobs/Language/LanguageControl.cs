using System.Globalization;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Merging;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Transfer.Language;

namespace Ptune.Learning.Jobs.Language;

/// <summary>The random control of a patch or a reward: its folder with other numbers in the tensors.</summary>
internal static class LanguageControl
{
    private const string _random = "random";

    public static JobOutcome Run(JobContext context, RandomControlSpec spec)
    {
        string folder = context.Input(RandomControlSpec.Input);
        return spec.ArtifactKind == ArtifactKind.Reward ? Reward(context, folder, spec.Seed) : Patch(context, folder, spec.Seed);
    }

    private static JobOutcome.Completed Patch(JobContext context, string folder, long seed)
    {
        long parameters = Deltas(folder, context.OutputFolder, seed, context.Run.Stop);
        return context.Complete(ArtifactKind.Patch, Figures(parameters), new SortedDictionary<string, string>(StringComparer.Ordinal) { [AttributeNames.Method] = _random });
    }

    private static JobOutcome.Completed Reward(JobContext context, string folder, long seed)
    {
        var facts = RewardFacts.Read(folder, "The reward");
        SortedDictionary<string, string> attributes = new(StringComparer.Ordinal);
        SortedDictionary<string, double> metrics;
        if (facts.Method == RewardFacts.Lora)
        {
            metrics = Figures(Deltas(folder, context.OutputFolder, seed, context.Run.Stop));
        }
        else
        {
            using (var network = PretrainedFolder.Open(folder)) RandomTensors.Write(network, context.OutputFolder, seed, context.Run.Stop);
            (_, attributes, metrics) = ModelFiles.Finish(context.OutputFolder);
        }

        facts.Write(context.OutputFolder);
        attributes[AttributeNames.Method] = facts.Method;
        attributes[AttributeNames.Base] = facts.Source;
        attributes[AttributeNames.SourceWeights] = facts.SourceWeights;
        attributes[AttributeNames.Lambda] = facts.Lambda.ToString("R", CultureInfo.InvariantCulture);
        attributes[AttributeNames.Initialization] = _random;
        if (facts.OutputSpace is { } space) attributes[AttributeNames.OutputSpace] = space;
        return context.Complete(ArtifactKind.Reward, metrics, attributes);
    }

    private static long Deltas(string folder, string output, long seed, CancellationToken stop)
    {
        var files = new FolderFiles(folder);
        KeptFiles.Copy(files, [PeftFolder.ConfigFile], output, stop);
        using var weights = SafetensorsFile.Open(Path.Combine(folder, PeftFolder.WeightsFile));
        return RandomTensors.Write(weights, Path.Combine(output, PeftFolder.WeightsFile), seed, stop);
    }

    private static SortedDictionary<string, double> Figures(long parameters) => new(StringComparer.Ordinal) { [MetricNames.Parameters] = parameters };
}
