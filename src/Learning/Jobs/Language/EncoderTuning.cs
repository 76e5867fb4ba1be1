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
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Tunes a text encoder with a classification head on labelled texts: in full, its head alone, or by LoRA with the head.</summary>
internal static class EncoderTuning
{
    public static JobOutcome Run(JobContext context, FineTuningSpec spec, TextSelection texts, TokenizerFolder tokenizer, PretrainedFolder source)
    {
        if (source.Config is not BertConfig given) throw new LearningException($"A {source.Config.ModelType} is not tuned on texts.");
        var encoded = LabelledTokens.Of(texts, spec.Data, tokenizer);
        context.Say(TextFacts.Line("Data", texts, spec.Data.Split, encoded.Counts, "texts", areAnswers: true));
        if (spec.Data.MaxTokens > given.Context) throw new LearningException($"data.maxTokens is {spec.Data.MaxTokens}, and the model reads {given.Context} tokens. Lower it.");
        var method = spec.Method ?? new FullMethod();
        var head = NewHead.For(given.Labels, texts.Labels!.Names, spec.Seed);
        using var folder = PretrainedFolder.Open(source.Files.Folder, head);
        var config = (BertConfig)folder.Config;
        using var masters = method is FullMethod ? FullWeights.Of(folder, context.Device) : null;
        var whole = masters is null ? null : TunedModel.CopiesOf(masters, spec.Recipe.Dtype);
        // Weights that stay as they are lie over files of their own, which close with the network.
        var parameters = masters is null ? PretrainedFolder.Open(source.Files.Folder, head).Load(TunedModel.TypeOf(spec.Recipe.Dtype), context.Device, (context.Weights, context.InputDigest("base"))) : (ModelParameters?)whole ?? masters;
        using var network = new Bert(config, parameters);
        using var adapter = AdapterOf(method, network, spec.Seed, context.Device);
        var trained = adapter?.Parameters ?? masters!;
        var recipe = LanguageRecipes.Of(spec.Recipe, context.Run.BatchParts);
        using var stopping = spec.Recipe.EarlyStopping is { } early ? StoppingOf(context, spec, early, new ClassifierLoss(network, tokenizer.Padding), recipe.MicroBatch, trained, texts.Labels!, tokenizer) : null;
        using var trainer = new LabelTrainer(trained, network, encoded.Ids, encoded.Labels, recipe, tokenizer.Padding, spec.Seed, stopping, adapter is null ? whole : adapter.Copies);
        if (!TrainingJob.Train(context, trainer)) return new JobOutcome.Stopped(trainer.LastCheckpoint, trainer.Step);

        var (kind, attributes, metrics) = Save(context, spec, folder, network, adapter, trained);
        if (head is not null) attributes[AttributeNames.Notes] = head.Note(given.Labels);
        attributes[AttributeNames.Data] = texts.Fingerprint;
        attributes[AttributeNames.Method] = LoraMethods.Word(method);
        attributes[AttributeNames.Base] = context.InputDigest("base");
        TextFacts.Add(metrics, texts, spec.Data.Split);
        TextFacts.Add(metrics, encoded.Counts);
        metrics[MetricNames.Steps] = trainer.Step;
        metrics[MetricNames.TrainedParameters] = trained.Count;
        metrics[MetricNames.FirstLoss] = trainer.Curve[0].Loss;
        metrics[MetricNames.FinalLoss] = trainer.Curve[^1].Loss;
        if (stopping is not null)
        {
            metrics[MetricNames.BestStep] = stopping.BestStep;
            metrics[MetricNames.ValidationLoss] = stopping.LeastLoss;
        }

        return context.Complete(
            kind, metrics, attributes, new Dictionary<string, double> { [MetricNames.ExamplesPerSecond] = trainer.ExamplesPerSecond }, trainer.Curve, config.Labels, trainer.ResumedFrom is not null);
    }

    private static (ArtifactKind Kind, SortedDictionary<string, string> Attributes, SortedDictionary<string, double> Metrics) Save(
        JobContext context, FineTuningSpec spec, PretrainedFolder folder, Bert network, Adapter? adapter, TrainableParameters trained)
    {
        if (spec.Method is LoraMethod lora)
        {
            PeftWriter.Write(context.OutputFolder, adapter!, network, LoraMethods.Settings(lora), context.InputDigest("base"));
            if (folder.Head is { } head) PatchLabels.Write(context.OutputFolder, head.Labels);
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
            if (folder.Head is { } head) ConfigWords.SetLabels(context.OutputFolder, head.Labels, folder);
        }

        return ModelFiles.Finish(context.OutputFolder);
    }

    /// <summary>Looks at the loss on the validation split of the data.</summary>
    private static EarlyStopping StoppingOf(
        JobContext context, FineTuningSpec spec, EarlyStoppingSpec early, ClassifierLoss loss, int batch, TrainableParameters trained, LabelNames names, TokenizerFolder tokenizer)
    {
        var data = spec.Data with { Split = Split.Validation, Count = early.Count };
        // The labels of the whole data set, however few of them the split has.
        var texts = context.ReadHeldTexts(data) with { Labels = names };
        var held = LabelledTokens.Of(texts, data, tokenizer);
        context.Say(TextFacts.Line("Data of early stopping", texts, Split.Validation, held.Counts, "texts", areAnswers: true));
        return new EarlyStopping(trained, early.EverySteps, early.Patience, () => loss.Mean(held, batch));
    }

    private static Adapter? AdapterOf(TuningMethod method, Bert network, long seed, Device device)
    {
        var head = ModulePattern.Ends(network.Config.HeadModules);
        return method switch
        {
            FullMethod => null,
            HeadMethod => Adapter.Create(new AdapterLayout(network).AddSaved(head), device, seed),
            LoraMethod lora => Adapter.Create(new AdapterLayout(network).AddLora(LoraMethods.Settings(lora), network.Config.NewPooler).AddSaved(head), device, seed),
            _ => throw new LearningException($"Classifiers are tuned by full, head or lora, and not by {LoraMethods.Word(method)}."),
        };
    }
}
