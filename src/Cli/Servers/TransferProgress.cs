namespace Ptune.Cli.Servers;

/// <summary>How far a file has come.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Step">What is being done with it: reading, sending, receiving.</param>
/// <param name="Bytes">Done so far.</param>
/// <param name="Total">All of them.</param>
internal readonly record struct TransferProgress(string Name, string Step, long Bytes, long Total);
