namespace Ptune.Storage.Embedded;

/// <summary>The store was written by a later version of this program, or by another program.</summary>
public sealed class StoreVersionException(string message) : IOException(message);
