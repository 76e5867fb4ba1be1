using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Generation;

/// <summary>The tokens of prompts, by the tokenizer and the chat template of a model's folder.</summary>
internal sealed class PromptEncoder : IDisposable
{
    private readonly TokenizerFolder _folder;
    private readonly ChatEncoder? _chat;

    /// <exception cref="LearningException">The folder has no tokenizer, or conversations are given and there is no template for them.</exception>
    public PromptEncoder(string folder, FolderGenerationOptions options)
    {
        _folder = TokenizerFolder.Load(folder);
        try
        {
            if (options.Prompts.Any(prompt => prompt.Conversation is not null)) _chat = new ChatEncoder(_folder, options.Template ?? _folder.Template(), options.Now);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public Tokenizer Tokenizer => _folder.Tokenizer;

    /// <summary>What is unusual about the tokenizer's files, and how it was understood.</summary>
    public IReadOnlyList<string> Notes => _folder.Notes;

    /// <exception cref="TokenizerException">The prompt cannot be encoded.</exception>
    public IReadOnlyList<long> Encode(GenerationPrompt prompt)
    {
        int[] ids = prompt.Conversation is { } conversation ? _chat!.Encode(conversation).Ids : Tokenizer.Encode(prompt.Text!);
        return [.. ids.Select(id => (long)id)];
    }

    public void Dispose() => _folder.Dispose();
}
