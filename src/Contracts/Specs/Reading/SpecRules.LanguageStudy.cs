using System.Text.RegularExpressions;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Specs.Reading;

/// <content>What must hold in a study of language models.</content>
internal sealed partial class SpecRules
{
    private void Study(LanguageStudySpec study)
    {
        Require(study.Datasets.Count > 0, "datasets", "There are no data sets.", "Name the texts that models are pretrained, tuned and measured on.");
        foreach (var (name, dataset) in study.Datasets)
        {
            Named(name, $"datasets.{name}");
            Dataset(dataset, $"datasets.{name}");
            if (dataset is TextDatasetSpec text) Records(text, $"datasets.{name}");
            else Report($"datasets.{name}.kind", "A study of language models reads texts, and these are images.", "Write 'kind: text', and the files of texts.");
        }
        Shares(study.Splits, "splits");
        foreach (var (name, model) in study.Models) Model(study, name, model);
        Listed(study.Sources, "sources", study);
        Listed(study.Targets, "targets", study);
        for (var i = 0; i < study.Targets.Length; i++)
            Require(study.Sources is not [var only] || only != study.Targets[i], $"targets[{i}]", $"{Shown.Name(study.Targets[i])} is the source.", "The source is measured, too; name other models as targets, or none.");
        Chains(study);
        Probe(study);
        Tuning(study);
        Methods(study);
        Tasks(study);
        Require(study.Costs != true || TuningFormat(study) is not (TextFormat.TextLabel or TextFormat.MultipleChoice), "costs", "Costs are measured of models that answer token by token, and this study tunes on labels or choices.", "Remove 'costs'.");
        Seeds(study.Seeds);
        for (var i = 0; i < study.Generations?.Prompts.Length; i++)
            Require(study.Generations.Prompts[i].Length > 0, $"generations.prompts[{i}]", "An empty prompt has nothing to continue.", "Write the beginning of a text.");
        if (problems.Count > 0) return;
        var jobs = LanguageStudyPlanner.Bound(study, SpecLimits.StudyJobs);
        Require(jobs <= SpecLimits.StudyJobs, "seeds", $"The study has more than {SpecLimits.StudyJobs:N0} jobs.", "Use fewer seeds, targets or methods, or several studies: jobs that they share are computed once.");
    }

    private void Seeds(long[] seeds)
    {
        var seen = new HashSet<long>();
        for (var i = 0; i < seeds.Length; i++)
            Require(seen.Add(seeds[i]), $"seeds[{i}]", $"Seed {seeds[i]} appears twice: it would be the same run.", "Use different seeds.");
    }

    private void Tuning(LanguageStudySpec study)
    {
        Recipe(study.Tuning.Recipe, "tuning.recipe", isText: true, study.MaxTokens);
        if (Texts(study, study.Tuning.Data, "tuning.data") is not { } texts) return;
        Require(texts.Shape != TextFormat.MultipleChoice, "tuning.data", "Nothing is tuned on multipleChoice.", "Name other data.");
        Preferences(texts.Shape, study.Tuning.Recipe, "tuning.recipe");
        Require(study.Tuning.Packing is not true || CanPack(texts.Shape), "tuning.packing", $"Examples of the format {Scalars.Word(texts.Format)} cannot share a row.", "Remove 'packing'.");
        Require(study.Tuning.Loss is null || texts.Shape is TextFormat.PromptResponse or TextFormat.Messages, "tuning.loss", "Only prompts with responses and messages have a part that the loss may leave out.", "Remove 'loss'.");
        Shared(study, Split.Tuning, "tuning.data");
    }

    private void Methods(LanguageStudySpec study)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < study.Methods.Length; i++)
        {
            var (method, path) = (study.Methods[i], $"methods[{i}]");
            if (method.Name is { } name) Named(name, $"{path}.name");
            Require(seen.Add(method.Title()), path, $"Two methods are called {Shown.Name(method.Title())}.", "Give one of them a 'name'.");
            if (method.OwnRecipe() is { } recipe)
            {
                Recipe(recipe, $"{path}.recipe", isText: true, study.MaxTokens);
                Preferences(TuningFormat(study), recipe, $"{path}.recipe");
            }
            Deltas(method, path);
            Require(method is not (SoftPromptStudyMethod or RetrainedStudyMethod { Method: SoftPromptMethod }) || study.Tuning.Packing is not true, "tuning.packing", "A soft prompt stands before each text, so texts cannot share a row.", "Remove 'packing'.");
            if (method.OwnWeight() is { } weight) Weight(weight, $"{path}.weight");
            if (method is RewardStudyMethod reward)
            {
                Require(reward.Lora is null || reward.Initialization == RewardInitialization.Source, $"{path}.initialization", "A LoRA reward is its source with deltas, so it starts as its source.", "Write 'initialization: source', or remove 'lora'.");
                Own(reward.Architecture, !positions.Has($"{path}.initialization") || reward.Initialization == RewardInitialization.Scratch, reward.Lora is not null, study.MaxTokens, $"{path}.");
                Require(TuningFormat(study) != TextFormat.Preference, path, "Rewards are not tuned on preference.", "Name other data under 'tuning', or remove this method.");
            }
            Weights(study, method, path);
            if (method is PortedStudyMethod ported) Rewards(study, ported, path);
            if (method is PromptedStudyMethod) Prompted(study, path);
            if (method.OwnTargets() is { } own) Listed(own, $"{path}.targets", study, among: study.Targets);
            Fits(study, method, path);
            Require(method.OwnTargets() is { Length: > 0 } || method.Pairs(study).Any() || study.Sources.Length == 0, path, $"{Shown.Name(method.Title())} has no target to be measured on.", "Name models under 'targets'.");
        }
    }

    private static TextFormat? TuningFormat(LanguageStudySpec study) =>
        study.Datasets.TryGetValue(study.Tuning.Data, out var dataset) && dataset is TextDatasetSpec texts ? texts.Shape : null;

    private void Tasks(LanguageStudySpec study)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < study.Tasks.Length; i++)
        {
            var (task, path) = (study.Tasks[i], $"tasks[{i}]");
            if (task.Name is { } name) Named(name, $"{path}.name");
            Require(seen.Add(task.Title()), path, $"Two tasks are called {Shown.Name(task.Title())}.", "Give one of them a 'name'.");
            Require(task.Split is Split.Test or Split.Validation, $"{path}.split", "A study compares on examples that no model was trained on.", "Write test, or validation to choose settings.");
            if (Texts(study, task.Data, $"{path}.data") is { } texts)
                Require(task.Fits(texts.Shape), $"{path}.kind", $"Data of the format {Scalars.Word(texts.Format)} do not fit this task.", "Use bitsPerByte for text, promptResponse and messages, exactMatch for promptResponse and messages, accuracy for textLabel, multipleChoice for multipleChoice.");
            if (task is ExactMatchStudyTask exact) Normalizer(exact.Normalizer, $"{path}.normalizer");
            Shared(study, task.Split, $"{path}.data");
        }
    }

    private void Model(LanguageStudySpec study, string name, StudyLanguageModel model)
    {
        var path = $"models.{name}";
        Require(InputRef.IsAlias(name), path, $"{Shown.Name(name)} is not a valid model name.", "Write name@version, as in small@v1.");
        if (model.Artifact is { } artifact)
        {
            Require(InputRef.IsAlias(artifact) || InputRef.IsDigest(artifact), $"{path}.artifact", $"{Shown.Name(artifact)} is not a reference to an artifact.", "Write name@version or sha256:DIGEST.");
            Require(model is { Architecture: null, Tokenizer: null, Updates: null, Pretraining: null, From: null }, path, "The model is both taken from the store and made by the study.", "Give 'artifact' alone.");
            return;
        }
        Require(model.From is not null || model is { Files: null, Licence: null }, model.Files is null ? $"{path}.licence" : $"{path}.files", "This belongs to a checkpoint that is imported.", "Add 'from', or remove it.");
        if (model.From is { } from)
        {
            Imported(model, from, path);
            return;
        }
        Require(model.Pretraining is not null, path, "The model has no origin.", "Give 'artifact'; or 'from'; or 'architecture', 'tokenizer' and 'pretraining'; or 'updates' and 'pretraining'.");
        if (model.Updates is { } older) Update(study, name, model, older, path);
        else Fresh(study, model, path);
        if (model.Pretraining is not { } how) return;
        Recipe(how.Recipe, $"{path}.pretraining.recipe", isText: true, study.MaxTokens);
        if (Texts(study, how.Data, $"{path}.pretraining.data") is { } texts)
            Require(CanPretrain(texts.Shape), $"{path}.pretraining.data", $"Nothing is pretrained on {Scalars.Word(texts.Format)}.", "Name data of the format text, promptResponse, messages or textLabel.");
        Shared(study, Split.Tuning, $"{path}.pretraining.data");
    }

    private void Imported(StudyLanguageModel model, string from, string path)
    {
        Require(model is { Architecture: null, Tokenizer: null, Updates: null, Pretraining: null }, path, "The model is both imported and pretrained.", "Give 'from' alone; another model can update it.");
        if (model.Source() is not { } source) return;
        Require(source is not HubSource || model.Files is null, $"{path}.files", "The files of a repository are not declared.", "Remove 'files'; a commit behind '@' says which they are.");
        Require(from != IDatasetSpec.Uploads || model.Files is not null, $"{path}.files", "Which of the uploaded files are the model's is not said.", "List each with its path and SHA-256, or name a folder as 'from'.");
        Source(source, $"{path}.from", source is HubSource ? $"{path}.from" : $"{path}.files");
    }

    private void Fresh(LanguageStudySpec study, StudyLanguageModel model, string path)
    {
        Require(model.Architecture is not null, path, "The model has no architecture.", "Add 'architecture', or 'updates' with the model that it continues.");
        Require(model.Tokenizer is not null, path, "The model has no tokenizer.", "Name a tokenizer.json under 'tokenizer'.");
        if (model.Tokenizer is { } tokenizer) Tokenizer(tokenizer, $"{path}.tokenizer");
        if (model.Architecture is null) return;
        Require(model.Architecture is DecoderSpec, $"{path}.architecture.kind", "This architecture classifies images.", "Use llama, mistral, qwen2, qwen3, gpt2 or gptNeoX.");
        Architecture(model.Architecture, $"{path}.architecture");
        if (model.Architecture is DecoderSpec decoder)
            Require(study.MaxTokens <= decoder.Context, $"{path}.architecture.context", $"The model reads {decoder.Context} tokens at once, and maxTokens is {study.MaxTokens}.", "Lower 'maxTokens', or raise 'context'.");
    }

    private void Update(LanguageStudySpec study, string name, StudyLanguageModel model, string older, string path)
    {
        Require(model.Tokenizer is null, $"{path}.tokenizer", "An update has the tokenizer of the model that it updates.", "Remove it.");
        Known(older, $"{path}.updates", study.Models.Keys);
        var at = older;
        for (var left = study.Models.Count; left > 0 && at != name && study.Models.TryGetValue(at, out var next) && next.Updates is { } before; left--) at = before;
        Require(at != name, $"{path}.updates", $"{Shown.Name(name)} is an update of itself.", "Name an earlier model.");
        if (at != name && study.Models.ContainsKey(at) && study.ArchitectureOf(name) is null)
            Report(path, $"The architecture of {Shown.Name(at)} is not known before the model is read.", "Write the same under 'architecture' here.");
    }

    private void Listed(string[] names, string path, LanguageStudySpec study, string[]? among = null)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < names.Length; i++)
        {
            Known(names[i], $"{path}[{i}]", study.Models.Keys);
            Require(seen.Add(names[i]), $"{path}[{i}]", $"{Shown.Name(names[i])} appears twice.", "Name each model once.");
            if (among is not null && study.Models.ContainsKey(names[i]))
                Require(among.Contains(names[i]), $"{path}[{i}]", $"{Shown.Name(names[i])} is not among the study's targets.", "Add it under 'targets', or remove it here.");
        }
    }

    /// <summary>The data set of this name; null after a problem, or where it does not hold texts.</summary>
    private TextDatasetSpec? Texts(LanguageStudySpec study, string name, string path)
    {
        if (study.Datasets.TryGetValue(name, out var dataset)) return dataset as TextDatasetSpec;
        var near = IsListed(path) ? Nearest.Of(name, study.Datasets.Keys) : null;
        Report(path, $"{Shown.Name(name)} is not among the data sets.", near is null ? $"Add it under 'datasets', or name one of {Shown.Names(study.Datasets.Keys)}." : $"Did you mean {Shown.Name(near)}?");
        return null;
    }

    private void Shared(LanguageStudySpec study, Split split, string path)
    {
        var share = split switch { Split.Tuning => 0, Split.Validation => 1, _ => 2 };
        Require(study.Splits.Shares is not { Length: 3 } shares || shares[share] > 0, path, $"The {Word(split)} split, which is read, has no share.", "Give it one under 'splits'.");
    }

    private void Named(string name, string path) =>
        Require(PartForm().IsMatch(name), path, $"{Shown.Name(name)} is not a valid name.", "Use at most 60 letters, digits, '.', '_', '-' and spaces, a letter or digit first.");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._ -]{0,59}\z")]
    private static partial Regex PartForm();
}
