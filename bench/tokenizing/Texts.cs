using System.Text.Json;

namespace Ptune.Tokenizing.Bench;

/// <summary>A JSON Lines file of texts: lines of this repository's documentation, their words in a random order, so that no two are equal.</summary>
internal static class Texts
{
    public static void Write(string path, string root, long bytes)
    {
        string[][] lines = [.. Directory.GetFiles(Path.Combine(root, "docs"), "*.md").Append(Path.Combine(root, "README.md")).Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 5)];
        var random = new Random(1);
        using var writer = new StreamWriter(path);
        for (long written = 0; written < bytes;)
        {
            string[] words = [.. lines[random.Next(lines.Length)]];
            random.Shuffle(words);
            string line = JsonSerializer.Serialize(new { text = string.Join(' ', words) });
            writer.WriteLine(line);
            written += line.Length + 1;
        }
    }
}
