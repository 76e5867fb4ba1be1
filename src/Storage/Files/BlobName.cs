using System.Buffers;

namespace Ptune.Storage.Files;

/// <summary>Which names a blob, or a file inside an artifact, may have: relative, and the same in a folder and in Azure.</summary>
internal static class BlobName
{
    private const int MaxLength = 512;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-@+=/");

    /// <summary>The name itself.</summary>
    /// <exception cref="ArgumentException">It is absolute, leaves its folder, has an empty or hidden part, or a character that some store lacks.</exception>
    public static string Validate(string name) =>
        Problem(name) is { } problem ? throw new ArgumentException($"'{name}' is not a valid blob name: {problem}.", nameof(name)) : name;

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Problem(string name)
    {
        if (name.Length == 0) return "it is empty";
        if (name.Length > MaxLength) return $"it has more than {MaxLength} characters";
        if (name.AsSpan().IndexOfAnyExcept(Allowed) is var at and >= 0) return $"it contains the character U+{(int)name[at]:X4}";
        foreach (var part in name.Split('/'))
        {
            if (part.Length == 0) return "it starts or ends with '/', or has an empty part";
            if (part[0] == '.') return $"its part '{part}' starts with '.'";
        }
        return null;
    }

    /// <summary>A listing's prefix: empty, or the beginning of a valid name.</summary>
    /// <exception cref="ArgumentException">No valid name starts so.</exception>
    public static string ValidatePrefix(string prefix) =>
        prefix.Length == 0 || Problem(prefix.EndsWith('/') ? prefix + "x" : prefix) is not { } problem
            ? prefix
            : throw new ArgumentException($"'{prefix}' is not a valid prefix of blob names: {problem}.", nameof(prefix));
}
