using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Transfer;

namespace Ptune.Learning.Evaluation;

/// <summary>
/// Cached outputs on disk: <c>scores.safetensors</c> with one tensor <c>scores</c>, [n, labels] f32, whose metadata say what was
/// scored on what, so that scores that do not belong together are never combined.
/// </summary>
internal sealed record ScoresArtifact(string Path, ScoreTable Table, NetworkRole Role, string OutputSpace, string Data)
{
    public const string FileName = "scores.safetensors";

    private const string _tensor = "scores";

    public static void Write(string folder, ScoreTable table, NetworkRole role, string outputSpace, string data) =>
        SafetensorsWriter.Write(
            System.IO.Path.Combine(folder, FileName),
            [TensorBytes.Of(_tensor, table.Values, table.Count, table.Labels)],
            new Dictionary<string, string> { ["role"] = role.ToString().ToLowerInvariant(), ["outputSpace"] = outputSpace, ["data"] = data });

    /// <exception cref="MalformedFileException">The file is missing or damaged.</exception>
    public static ScoresArtifact Read(string folder)
    {
        string path = System.IO.Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new MalformedFileException(path, 0, "the artifact lacks this file");
        using var file = SafetensorsFile.Open(path);
        var shape = file.Entry(_tensor).Shape;
        if (shape.Length != 2 || shape[0] <= 0 || shape[1] <= 0) throw new MalformedFileException(path, file.Header.DataStart, "scores are [n, labels]");
        var values = file.Elements<float>(_tensor, TensorType.F32);
        foreach (ref readonly float value in values)
        {
            // -inf is a log-probability of zero; NaN and +inf are no scores.
            if (float.IsNaN(value) || float.IsPositiveInfinity(value)) throw new MalformedFileException(path, file.Header.DataStart, "some scores are not numbers");
        }

        return new ScoresArtifact(
            path,
            new ScoreTable((int)shape[0], (int)shape[1], values.ToArray()),
            Enum.TryParse<NetworkRole>(Text(file, "role"), ignoreCase: true, out var role) ? role : throw new MalformedFileException(path, 8, "its role is neither model nor reward"),
            Text(file, "outputSpace"),
            Text(file, "data"));
    }

    private static string Text(SafetensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? text) ? text : throw new MalformedFileException(file.Path, SafetensorsHeader.LengthBytes, $"its metadata lack '{key}'");
}
