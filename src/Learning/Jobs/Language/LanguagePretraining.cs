using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Trains a language model from fresh weights, or trains another's weights further; the artifact is a folder that Hugging Face's libraries load.</summary>
internal static class LanguagePretraining
{
    private const string _base = "base";

    public static JobOutcome Run(JobContext context, PretrainingSpec spec)
    {
        var texts = context.ReadTexts(spec.Data);
        using var source = spec.Continues is null ? null : ModelArtifact.Open(context.Input(_base));
        if (source is null)
        {
            WriteFresh(context, spec);
        }
        else
        {
            TokenizerEntries.RefuseBeyondTheRows(source, TokenizerEntries.Read(source.Files));
            ModelFiles.Copy(source, context.OutputFolder);
        }

        using var tokenizer = TokenizerFolder.Load(context.OutputFolder);
        var encoded = KeptEncodings.Of(context, texts, spec.Data, tokenizer);
        var config = source?.Config as DecoderConfig ?? ModelFiles.ReadConfig(context.OutputFolder);
        RequireRoom(config, spec.Data);
        var parameters = source is null ? TrainableParameters.Of(config.Parameters, context.Device) : FullWeights.Of(source, context.Device);
        if (source is null) parameters.Initialize(spec.Seed);
        using var _ = parameters;
        using var copies = TunedModel.CopiesOf(parameters, spec.Recipe.Dtype);
        using var model = new Decoder(config, (ModelParameters?)copies ?? parameters);
        return LanguageTraining.Run(context, new LanguageTask(new LanguageNetwork(model), parameters, spec.Data, spec.Recipe, spec.Seed, tokenizer, texts, encoded, copies), () =>
        {
            ModelFiles.WriteWeights(context.OutputFolder, parameters, spec.Recipe.Dtype);
            return ModelFiles.Finish(context.OutputFolder);
        });
    }

    /// <exception cref="LearningException">An example may have more tokens than the model reads.</exception>
    public static void RequireRoom(DecoderConfig config, DataSpec data)
    {
        if (data.MaxTokens > config.Context) throw new LearningException($"data.maxTokens is {data.MaxTokens}, and the model reads {config.Context} tokens. Lower it, or take a model with a longer context.");
    }

    /// <summary>Writes the tokenizer's files.</summary>
    public static void WriteTokenizer(JobContext context, TokenizerSpec declared, string folder)
    {
        var place = new TextDatasetSpec { Name = "tokenizer", Location = declared.Location, Files = [declared.File] };
        SmallTokenizer.Write(context.Find(place, declared.File), declared.Vocabulary, declared.EndOfText, folder);
    }

    private static void WriteFresh(JobContext context, PretrainingSpec spec)
    {
        var declared = spec.Tokenizer ?? throw new LearningException("A language model needs a tokenizer.");
        WriteTokenizer(context, declared, context.OutputFolder);
        using var tokenizer = TokenizerFolder.Load(context.OutputFolder);
        int end = tokenizer.Tokenizer.IdOf(declared.EndOfText)
            ?? throw new LearningException($"The tokenizer has no token '{declared.EndOfText}'. Name the one that ends a text as tokenizer.endOfText.");
        FreshConfig.Write(context.OutputFolder, (DecoderSpec)spec.Architecture, tokenizer.Tokenizer.Size, end);
    }
}
