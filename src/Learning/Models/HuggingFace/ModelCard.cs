using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>The front matter of a folder's README.md.</summary>
internal static class ModelCard
{
    private const string _file = "README.md";
    private const string _fence = "---";
    private const int _mostLines = 500;

    /// <summary>What it says under <c>license</c> (with <c>license_name</c>, where that is "other"); null: nothing.</summary>
    public static string? Licence(FolderFiles files)
    {
        if (files.Find(_file) is not { } path) return null;
        using var reader = new StreamReader(StoredFile.Open(path));
        var lines = Lines(reader).Take(_mostLines).Select(line => line.TrimEnd()).ToList();
        if (lines.Count == 0 || lines[0] != _fence) return null;
        var matter = lines.Skip(1).TakeWhile(line => line != _fence).ToList();
        string? licence = Value(matter, "license");
        return licence == "other" ? Value(matter, "license_name") ?? licence : licence;
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static string? Value(List<string> lines, string key)
    {
        int at = lines.FindIndex(line => line.StartsWith($"{key}:", StringComparison.Ordinal));
        if (at < 0) return null;
        string value = lines[at][(key.Length + 1)..].Trim().Trim('"', '\'');
        // A list of one, in the lines that follow.
        if (value.Length == 0 && at + 1 < lines.Count && lines[at + 1].TrimStart().StartsWith("- ", StringComparison.Ordinal)) value = lines[at + 1].TrimStart()[2..].Trim().Trim('"', '\'');
        return value.Length > 0 ? value : null;
    }
}
