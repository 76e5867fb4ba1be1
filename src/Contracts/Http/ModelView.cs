namespace Ptune.Contracts.Http;

/// <summary>A named model, patch or reward. What its manifest does not say is null.</summary>
/// <param name="Architecture">Of an image model: vit, cnn or mlp.</param>
/// <param name="Family">Of a language model: its model_type.</param>
/// <param name="Dtype">What the stored weights are.</param>
/// <param name="Vocabulary">Entries of the vocabulary.</param>
/// <param name="Context">The longest context, in tokens.</param>
/// <param name="Base">The digest of the artifact that a patch is for.</param>
/// <param name="Owner">The tenant that it belongs to, which shares it; null: one's own.</param>
public sealed record ModelView(
    string Alias, string Digest, string? Architecture, string? OutputSpace, int Labels, string JobId, long Bytes, DateTimeOffset Published,
    string? Family = null, long? Parameters = null, string? Dtype = null, long? Vocabulary = null, long? Context = null, string? Licence = null, string? Base = null, string? Owner = null);
