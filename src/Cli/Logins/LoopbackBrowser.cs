using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Web;
using Duende.IdentityModel.OidcClient.Browser;

namespace Ptune.Cli.Logins;

/// <summary>The user's own browser, which comes back to a free port of this machine's loopback address (RFC 8252).</summary>
/// <param name="open">Opens an address in it, or tells the user to.</param>
internal sealed class LoopbackBrowser(Action<string> open) : IBrowser, IDisposable
{
    private const string Path = "/callback";

    /// <summary>In characters; longer than any answer of an issuer.</summary>
    private const int LongestRequest = 32 * 1024;

    private readonly TcpListener _listener = Listen();

    public string RedirectUri => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{Path}";

    public async Task<BrowserResult> InvokeAsync(BrowserOptions options, CancellationToken cancellationToken)
    {
        var state = HttpUtility.ParseQueryString(new Uri(options.StartUrl).Query)["state"];
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var accepting = AcceptAsync(state, answer, ended.Token);
        try
        {
            open(options.StartUrl);
            return new BrowserResult { ResultType = BrowserResultType.Success, Response = await answer.Task.WaitAsync(cancellationToken) };
        }
        finally
        {
            await ended.CancelAsync();
            await accepting;
        }
    }

    public void Dispose() => _listener.Dispose();

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    /// <summary>Browsers open connections ahead that they send nothing on, so none holds up the others.</summary>
    private async Task AcceptAsync(string? state, TaskCompletionSource<string> answer, CancellationToken cancellation)
    {
        List<Task> open = [];
        try
        {
            while (true) open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(cancellation), state, answer, cancellation));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, string? state, TaskCompletionSource<string> answer, CancellationToken cancellation)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            var address = await ReadAsync(stream, cancellation);
            // Any page could send the browser here; only the answer to this login has its state.
            var isOurs = address is not null && address.AbsolutePath == Path && HttpUtility.ParseQueryString(address.Query)["state"] == state;
            // The page has arrived before the login ends, and with it this program.
            await stream.WriteAsync(Encoding.UTF8.GetBytes(isOurs ? Page("200 OK", "You can close this window and go back to the terminal.") : Page("404 Not Found", "There is nothing here.")), cancellation);
            client.Client.Shutdown(SocketShutdown.Send);
            if (isOurs) answer.TrySetResult(address!.ToString());
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The browser has left; it comes back or the user does.
        }
    }

    /// <summary>The address of a request; null: it is none that a browser sends.</summary>
    private async Task<Uri?> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var (text, buffer) = (new StringBuilder(), new char[4096]);
        while (text.Length < LongestRequest && !text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await reader.ReadAsync(buffer, cancellation);
            if (read == 0) return null;
            text.Append(buffer, 0, read);
        }
        return text.ToString().Split("\r\n")[0].Split(' ') is ["GET", ['/', ..] target, _] && Uri.TryCreate(RedirectUri[..^Path.Length] + target, UriKind.Absolute, out var address) ? address : null;
    }

    private static string Page(string status, string text)
    {
        var page = $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>ptune</title><p>{text}</p></html>";
        return $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Security-Policy: default-src 'none'\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\nContent-Length: {page.Length}\r\n\r\n{page}";
    }
}
