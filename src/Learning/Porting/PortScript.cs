namespace Ptune.Learning.Porting;

/// <summary>The script that runs a model and its rewards in transformers, as it is written beside them.</summary>
internal static class PortScript
{
    public static byte[] Bytes()
    {
        using var stream = typeof(PortScript).Assembly.GetManifestResourceStream(FolderPort.Script) ?? throw new InvalidOperationException($"The library lacks its resource {FolderPort.Script}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
