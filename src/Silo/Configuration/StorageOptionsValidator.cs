namespace Ptune.Silo.Configuration;

/// <summary>A folder or an account, as the mode needs.</summary>
internal sealed class StorageOptionsValidator(ServerMode mode) : ISectionValidator<StorageOptions>
{
    public IEnumerable<SettingProblem> Validate(StorageOptions options)
    {
        if (options.Grace < TimeSpan.Zero) yield return new("Storage:Grace", $"{options.Grace} is negative.", "Write hours:minutes:seconds, or leave it out for a day.");
        if (mode == ServerMode.Embedded)
        {
            if (string.IsNullOrWhiteSpace(options.Folder))
                yield return new("Storage:Folder", "It is empty.", "Name a folder, or leave it out for .ptune.");
            else if (File.Exists(options.Folder))
                yield return new("Storage:Folder", $"'{Path.GetFullPath(options.Folder)}' is a file.", "Name a folder; it is made when missing.");
            else if (Unwritable(options.Folder) is { } why)
                yield return new("Storage:Folder", why, "Name a folder that this user may write.");
        }
        else if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return new("Storage:ConnectionString", "A cluster keeps its state in Azure Storage, but no account is configured.", "Set it to the account's connection string.");
        }
        else if (!options.ConnectionString.Contains('=', StringComparison.Ordinal))
        {
            yield return new("Storage:ConnectionString", "It is not a connection string (its text is not shown here).", "Copy it from the account's access keys: it starts with DefaultEndpointsProtocol= or BlobEndpoint=.");
        }
    }

    /// <summary>Why the folder cannot be made or written, or null. The probe leaves nothing behind but the folder.</summary>
    private static string? Unwritable(string folder)
    {
        try
        {
            var full = Path.GetFullPath(folder);
            Directory.CreateDirectory(full);
            using var probe = new FileStream(Path.Combine(full, $".probe-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            probe.WriteByte(0);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"'{folder}' cannot be made or written: {e.Message}";
        }
    }
}
