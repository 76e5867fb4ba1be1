using Ptune.Storage.Files;

namespace Ptune.Silo.Http;

/// <summary>A body whose length nobody has told: reading beyond the limit is refused with 413.</summary>
/// <param name="body">The request's.</param>
/// <param name="limit">The most bytes that it may have.</param>
internal sealed class LimitedBody(Stream body, long limit) : ForwardStream
{
    private readonly long _limit = limit;
    private long _left = limit;

    public static string Words(long limit) => $"A body may have {limit:N0} bytes here; the server's PTUNE_Http__MaxSpecBytes sets the limit.";

    public static BadHttpRequestException TooLarge(long limit) => new(Words(limit), StatusCodes.Status413PayloadTooLarge);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await body.ReadAsync(buffer, cancellationToken));

    private int Counted(int read) => (_left -= read) < 0 ? throw TooLarge(_limit) : read;
}
