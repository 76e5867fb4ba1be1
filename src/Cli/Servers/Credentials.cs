using System.Text.Json;

namespace Ptune.Cli.Servers;

/// <summary>The keys that the user has logged in with, by server: <c>ptune/credentials.json</c> in XDG_CONFIG_HOME or ~/.config, which only this user may read.</summary>
internal sealed class Credentials(Session session)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private string Path => System.IO.Path.Combine(
        session.Variable("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"), "ptune", "credentials.json");

    /// <summary>The token for a server; null when nobody has logged in there.</summary>
    /// <exception cref="CliException">The file cannot be used.</exception>
    public string? Find(Uri server) => Read().GetValueOrDefault(ServerAddress.Show(server))?.Token;

    public void Keep(Uri server, string token)
    {
        var known = Read();
        known[ServerAddress.Show(server)] = new Entry(token);
        Write(known);
    }

    /// <returns>Whether there was one.</returns>
    public bool Remove(Uri server)
    {
        var known = Read();
        if (!known.Remove(ServerAddress.Show(server))) return false;
        Write(known);
        return true;
    }

    private Dictionary<string, Entry> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Stored>(File.ReadAllText(Path), _json)?.Servers ?? [];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.Usage, $"{Path} cannot be read: {e.Message}", "Remove the file and log in again with 'ptune login'.");
        }
    }

    /// <summary>Others never see a part of the file, nor the file with the rights that the user's mask would give it.</summary>
    private void Write(Dictionary<string, Entry> servers)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var unfinished = $"{Path}.{Environment.ProcessId}";
        using (var file = new FileStream(unfinished, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            JsonSerializer.Serialize(file, new Stored(servers), _json);
        File.Move(unfinished, Path, overwrite: true);
    }

    private sealed record Stored(Dictionary<string, Entry> Servers);

    private sealed record Entry(string Token);
}
