namespace Ptune.Storage.Embedded;

/// <summary>Another server has this store open.</summary>
public sealed class StoreInUseException(string folder, int? processId) : IOException(
    $"The store in '{folder}' is in use by {(processId is { } id ? $"process {id}" : "another process")}. Stop that server, or give this one another folder.")
{
    public string Folder { get; } = folder;

    /// <summary>The process that has it; null in the moment between its taking the lock and its writing its id.</summary>
    public int? ProcessId { get; } = processId;
}
