namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Whether a folder says how a conversation is written; reading and rendering it is the tokenizer's business.</summary>
internal static class ChatTemplateFile
{
    public const string FileName = "chat_template.jinja";

    private const string _tokenizerConfig = "tokenizer_config.json";
    private const long _maxBytes = 100_000_000;

    public static bool IsIn(FolderFiles files) => files.Find(FileName) is not null
        || (files.Find(_tokenizerConfig) is { } path && JsonWords.Read(path, [], _maxBytes).Has("chat_template"));
}
