namespace Ptune.Storage.Tests.Uploads;

/// <summary>A connection that breaks after its bytes.</summary>
internal sealed class BrokenStream(byte[] content) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Little at a time, as a network gives it.
        var read = await base.ReadAsync(buffer[..Math.Min(buffer.Length, 10)], cancellationToken);
        return read > 0 ? read : throw new IOException("The client has disconnected.");
    }
}
