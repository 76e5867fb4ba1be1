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
                string path = reader.ReadLine()!.Split(' ')[1].TrimStart('/');
                while (!string.IsNullOrEmpty(reader.ReadLine()))
                {
                }

                Interlocked.Increment(ref _requests);
                string file = Path.Combine(_folder, path);
                byte[] body = File.Exists(file) ? File.ReadAllBytes(file) : [];
                string status = File.Exists(file) ? "200 OK" : "404 Not Found";
                stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.0 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                stream.Write(body);
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
    }
}
