namespace Ptune.Silo.Configuration;

/// <summary>What specs may read of the disks of the server and its workers.</summary>
internal sealed class DataOptions
{
    /// <summary>
    /// Where callers need a key: the folders below which data sets, tokenizers and imports by reference may lie, separated by ';'. Default: none, so that files come by upload or from an address; otherwise
    /// whoever may submit could read what the server's user can. A server that needs no key has no such limit.
    /// </summary>
    public string[] Roots { get; set; } = [];
}
