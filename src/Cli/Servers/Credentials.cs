using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptune.Cli.Servers;

/// <summary>The keys and tokens that the user has logged in with, by server: <c>ptune/credentials.json</c> in XDG_CONFIG_HOME or ~/.config, which only this user may read.</summary>
internal sealed class Credentials(Session session)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    private string Path => System.IO.Path.Combine(
        session.Variable("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"), "ptune", "credentials.json");

    /// <summary>What is kept for a server; null when nobody has logged in there.</summary>
    /// <exception cref="CliException">The file cannot be used.</exception>
    public Credential? Find(Uri server) => Read().GetValueOrDefault(ServerAddress.Show(server));

    public void Keep(Uri server, Credential credential)
    {
        var known = Read();
        known[ServerAddress.Show(server)] = credential;
        Write(known);
    }

    /// <returns>What there was; null: nothing.</returns>
    public Credential? Remove(Uri server)
    {
        var known = Read();
        if (!known.Remove(ServerAddress.Show(server), out var credential)) return null;
        Write(known);
        return credential;
    }

    /// <summary>Keeps other calls of the client from renewing a login until it is disposed: an issuer may take a refresh token only once.</summary>
    public async Task<IDisposable> LockAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream($"{Path}.lock", new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            }
            catch (IOException) when (File.Exists($"{Path}.lock"))
            {
                await Task.Delay(LockPause, cancellation);
            }
        }
    }

    private Dictionary<string, Credential> Read()
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
    private void Write(Dictionary<string, Credential> servers)
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

    private sealed record Stored(Dictionary<string, Credential> Servers);
}
