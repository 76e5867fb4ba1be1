using System.Collections;

namespace Ptune.Supervisor.Hosting;

/// <summary>
/// Settings from variables. One whose name ends in <c>_FILE</c> names a file that has the value, as secrets are mounted: <c>PTUNE_Storage__ConnectionString_FILE=/run/secrets/store</c>.
/// </summary>
public static class SecretFiles
{
    private const string Ending = "_FILE";

    /// <summary>The variables with this prefix as settings by their keys, without it.</summary>
    /// <param name="variables">The process's, as a rule.</param>
    /// <param name="prefix">Of the names.</param>
    /// <exception cref="InvalidDataException">A file cannot be read, or a setting is given both ways; the message names the variable.</exception>
    public static Dictionary<string, string?> Read(IDictionary variables, string prefix)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var files = new List<(string Name, string Path)>();
        foreach (DictionaryEntry variable in variables)
        {
            var (name, value) = ((string)variable.Key, (string?)variable.Value);
            if (!name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) continue;
            if (name.EndsWith(Ending, StringComparison.Ordinal)) files.Add((name, value ?? ""));
            else settings[Key(name, prefix)] = value;
        }
        // An empty variable is how shells and manifests say "not set".
        foreach (var (name, path) in files.Where(f => f.Path.Length > 0))
        {
            var key = Key(name[..^Ending.Length], prefix);
            if (settings.TryGetValue(key, out var given) && !string.IsNullOrEmpty(given)) throw new InvalidDataException($"{name[..^Ending.Length]} and {name} are both set. Leave one of them out.");
            settings[key] = Content(name, path);
        }
        return settings;
    }

    private static string Key(string name, string prefix) => name[prefix.Length..].Replace("__", ":", StringComparison.Ordinal);

    private static string Content(string name, string path)
    {
        try
        {
            // Editors and 'echo' end a file with a new line, which is no part of a secret.
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{name}: the file '{path}' cannot be read.", e);
        }
    }
}
