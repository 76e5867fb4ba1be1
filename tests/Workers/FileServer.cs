using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ptune.Workers.Tests;

/// <summary>Serves a folder over HTTP/1.0 on a loopback port that the system chooses.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _folder;
    private readonly Thread _thread;
    private int _requests;

    public FileServer(string folder)
    {
        _folder = folder;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public string Address { get; }

    public int Requests => _requests;

    /// <summary>What each request is answered with; null: the file.</summary>
    public string? Answer { get; set; }

    /// <summary>The last request's first line and headers.</summary>
    public string Head { get; private set; } = "";

    public void Dispose()
    {
        _listener.Stop();
        _thread.Join();
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = _listener.AcceptTcpClient();
                using var stream = client.GetStream();
                using var reader = new StreamReader(stream);
                string head = reader.ReadLine()!;
                string path = Uri.UnescapeDataString(head.Split(' ')[1].Split('?')[0].TrimStart('/'));
                while (reader.ReadLine() is { Length: > 0 } line) head += "\n" + line;
                Head = head;

                Interlocked.Increment(ref _requests);
                string file = Path.Combine(_folder, path);
                byte[] body = File.Exists(file) ? File.ReadAllBytes(file) : [];
                string status = Answer ?? (File.Exists(file) ? "200 OK" : "404 Not Found");
                stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.0 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                stream.Write(body);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Stopped, perhaps before it began to listen.
        }
    }
}
