using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Tuning;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Tunes a text encoder with a classification head on labelled texts: in full, its head alone, or by LoRA with the head.</summary>
internal static class EncoderTuning
{
    public static JobOutcome Run(JobContext context, FineTuningSpec spec, TextSelection texts, TokenizerFolder tokenizer, PretrainedFolder folder)
    {
        if (folder.Config is not BertConfig config) throw new LearningException($"A {folder.Config.ModelType} is not tuned on texts.");
        var encoded = LabelledTokens.Of(texts, spec.Data, tokenizer);
        RequireLabels(config, texts.Labels!);
        if (spec.Data.MaxTokens > config.Context) throw new LearningException($"data.maxTokens is {spec.Data.MaxTokens}, and the model reads {config.Context} tokens. Lower it.");
        if (spec.Recipe.EarlyStopping is not null) throw new LearningException("recipe.earlyStopping is not available for classifiers. Remove it.");
        if (spec.Recipe.Dtype == ComputeType.Bfloat16) throw new LearningException("recipe.dtype bfloat16 is not available for classifiers. Write float32.");
        var method = spec.Method ?? new FullMethod();
        using var own = PretrainedFolder.Open(folder.Files.Folder);
        var parameters = method is FullMethod ? (ModelParameters)FullWeights.Of(folder, context.Device) : own.Load(TunedModel.TypeOf(spec.Recipe.Dtype), context.Device);
        using var network = new Bert(config, parameters);
        using var adapter = AdapterOf(method, network, spec.Seed, context.Device);
        var trained = adapter?.Parameters ?? (TrainableParameters)parameters;
        using var trainer = new LabelTrainer(trained, network, encoded.Ids, encoded.Labels, LanguageRecipes.Of(spec.Recipe, context.Run.BatchParts), spec.Recipe.LabelSmoothing ?? 0, tokenizer.Padding, spec.Seed);
        if (!TrainingJob.Train(context, trainer)) return new JobOutcome.Stopped(trainer.LastCheckpoint, trainer.Step);

        var (kind, attributes, metrics) = Save(context, spec, folder, network, adapter, trained);
        attributes[AttributeNames.Data] = texts.Fingerprint;
        attributes[AttributeNames.Method] = LoraMethods.Word(method);
        attributes[AttributeNames.Base] = context.InputDigest("base");
        TextFacts.Add(metrics, texts, spec.Data.Split);
        TextFacts.Add(metrics, encoded.Counts);
        metrics[MetricNames.Steps] = trainer.Step;
        metrics[MetricNames.TrainedParameters] = trained.Count;
        metrics[MetricNames.FirstLoss] = trainer.Curve[0].Loss;
        metrics[MetricNames.FinalLoss] = trainer.Curve[^1].Loss;
        return context.Complete(
            kind, metrics, attributes, new Dictionary<string, double> { [MetricNames.ExamplesPerSecond] = trainer.ExamplesPerSecond }, trainer.Curve, config.Labels, trainer.ResumedFrom is not null);
    }

    /// <exception cref="LearningException">The model's labels are others than the data's.</exception>
    public static void RequireLabels(BertConfig config, LabelNames names)
    {
        if (config.Labels.SequenceEqual(names.Names)) return;
        throw new LearningException(
            $"The model answers with the labels [{string.Join(", ", config.Labels.Take(20))}], and the data have [{string.Join(", ", names.Names.Take(20))}]. Names and order must be equal: declare the data set's 'labels' in the model's order, or take a model with these labels.");
    }

    private static (ArtifactKind Kind, SortedDictionary<string, string> Attributes, SortedDictionary<string, double> Metrics) Save(
        JobContext context, FineTuningSpec spec, PretrainedFolder folder, Bert network, Adapter? adapter, TrainableParameters trained)
    {
        if (spec.Method is LoraMethod lora)
        {
            PeftWriter.Write(context.OutputFolder, adapter!, network, LoraMethods.Settings(lora), context.InputDigest("base"));
            return (
                ArtifactKind.Patch,
                new(StringComparer.Ordinal) { [AttributeNames.Family] = folder.Config.ModelType, [AttributeNames.Dtype] = "float32", [AttributeNames.OutputSpace] = OutputSpace.OfLabels(network.Labels) },
                new(StringComparer.Ordinal) { [MetricNames.Parameters] = trained.Count });
        }

        if (spec.Method is HeadMethod)
        {
            MergedModel.Write(folder, network, adapter!, context.OutputFolder);
        }
        else
        {
            ModelFiles.Copy(folder, context.OutputFolder);
            ModelFiles.WriteWeights(context.OutputFolder, trained, spec.Recipe.Dtype);
        }

        return ModelFiles.Finish(context.OutputFolder);
    }

    private static Adapter? AdapterOf(TuningMethod method, Bert network, long seed, Device device) => method switch
    {
        FullMethod => null,
        HeadMethod => Adapter.Create(new AdapterLayout(network).AddSaved(ModulePattern.Ends([network.Head.Name])), device, seed),
        LoraMethod lora => Adapter.Create(new AdapterLayout(network).AddLora(LoraMethods.Settings(lora)).AddSaved(ModulePattern.Ends([network.Head.Name])), device, seed),
        _ => throw new LearningException($"Classifiers are tuned by full, head or lora, and not by {LoraMethods.Word(method)}."),
    };
}
