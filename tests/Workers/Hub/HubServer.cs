using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ptune.Workers.Tests.Hub;

/// <summary>A server on a loopback port that the system chooses. One connection carries one request; what is answered is the test's to say.</summary>
internal sealed class HubServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ManualResetEventSlim _gone = new();
    private readonly ConcurrentQueue<HubRequest> _requests = [];
    private readonly ConcurrentBag<Task> _answers = [];
    private readonly Task _accepting;
    private long _sent;

    public HubServer(Func<HubRequest, HubReply> answer)
    {
        Answer = answer;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = Task.Run(AcceptAsync);
    }

    public string Address { get; }

    public Func<HubRequest, HubReply> Answer { get; set; }

    public HubRequest[] Requests => [.. _requests];

    /// <summary>Bytes of bodies.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public void Dispose()
    {
        _gone.Set();
        _listener.Stop();
        _accepting.Wait();
        Task.WaitAll([.. _answers]);
        _gone.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _answers.Add(Task.Run(() => Serve(client)));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            using (var stream = client.GetStream())
            {
                var request = Read(stream);
                if (request is null) return;
                _requests.Enqueue(request);
                Write(stream, Answer(request));
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private static HubRequest? Read(NetworkStream stream)
    {
        var reader = new StreamReader(stream, Encoding.ASCII);
        if (reader.ReadLine() is not { } first) return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }
        return new HubRequest(first.Split(' ')[1], headers);
    }

    private void Write(NetworkStream stream, HubReply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status}\r\nConnection: close\r\n");
        if (reply.Length is not -1) head.Append($"Content-Length: {reply.Length ?? reply.Body.Length}\r\n");
        foreach (var (name, value) in reply.Headers) head.Append($"{name}: {value}\r\n");
        stream.Write(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        var body = reply.Body.AsSpan(0, reply.BreakAfter ?? reply.Body.Length);
        stream.Write(body);
        Interlocked.Add(ref _sent, body.Length);
        if (reply.Stalls) _gone.Wait();
    }
}
