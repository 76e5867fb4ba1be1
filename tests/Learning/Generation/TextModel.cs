using Ptune.Fixtures;

namespace Ptune.Learning.Tests.Generation;

/// <summary>A tiny model of 400 tokens and a context of 256 in one folder with its tokenizer and chat template. Token 0 ends a text.</summary>
internal sealed class TextModel : IDisposable
{
    private readonly TempFolder _folder = new();

    public TextModel()
    {
        foreach (string part in (string[])["model", "tokenizer"])
        {
            foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests", "fixtures", "data", part))) File.Copy(file, this[Path.GetFileName(file)]);
        }
    }

    public string Folder => _folder.Path;

    public string this[string file] => _folder[file];

    public void Dispose() => _folder.Dispose();
}
