using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Ptune.WebConsole;

/// <summary>The style, the script and the mark. Each address holds the digest of its bytes, so browsers keep them for ever.</summary>
internal static class AssetFiles
{
    public const string Route = "/console/{digest}/{name}";

    private static readonly FrozenDictionary<string, (string Digest, byte[] Bytes, string Type)> s_files = Read();

    public static string Path(string name) => $"/console/{s_files[name].Digest}/{name}";

    /// <summary>An older page's digest is answered, too: the newest file is better than none.</summary>
    public static IResult Get(HttpContext http, string digest, string name)
    {
        if (!s_files.TryGetValue(name, out var file)) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = digest == file.Digest ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(file.Bytes, file.Type);
    }

    private static FrozenDictionary<string, (string Digest, byte[] Bytes, string Type)> Read()
    {
        var assembly = typeof(AssetFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => TypeOf(name) is not null).ToFrozenDictionary(name => name, name =>
        {
            using var content = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            return (Convert.ToHexStringLower(SHA256.HashData(bytes))[..12], bytes, TypeOf(name)!);
        });
    }

    private static string? TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => null,
    };
}
