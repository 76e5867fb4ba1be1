using System.Diagnostics.CodeAnalysis;

namespace Ptune.Messaging;

/// <summary>A broker's address taken apart; its text never shows the password.</summary>
internal sealed record BrokerAddress(Uri Host, string User, string Password, bool Tls)
{
    private const int PlainPort = 5672;
    private const int TlsPort = 5671;

    /// <exception cref="ArgumentException">It is not an address of a broker.</exception>
    public static BrokerAddress Parse(string? text)
    {
        if (Problem(text) is { } problem) throw new ArgumentException($"The broker's address {problem}", nameof(text));
        var uri = new Uri(text);
        var tls = uri.Scheme is "amqps" or "rabbitmqs";
        var user = uri.UserInfo.Split(':', 2);
        var host = new UriBuilder("rabbitmq", uri.Host, uri.Port > 0 ? uri.Port : tls ? TlsPort : PlainPort, uri.AbsolutePath).Uri;
        return user[0].Length == 0
            ? new(host, "guest", "guest", tls)
            : new(host, Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "", tls);
    }

    /// <summary>What is wrong with it, as the end of a sentence; null when nothing is.</summary>
    public static string? Problem([NotNull] string? text)
    {
#pragma warning disable CS8777 // With null there is always a problem.
        const string Form = "use amqp://user:password@host:5672/virtual-host.";
        if (string.IsNullOrWhiteSpace(text)) return $"is missing; {Form}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) return $"is not an address; {Form}";
        if (uri.Scheme is not ("amqp" or "amqps" or "rabbitmq" or "rabbitmqs")) return $"starts with '{uri.Scheme}:'; {Form}";
        return uri.Host.Length == 0 ? $"has no host; {Form}" : null;
#pragma warning restore CS8777
    }

    public override string ToString() => Host.ToString();
}
