using System.Net;
using Ptune.Contracts.Http;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>Whatever is sent, the server answers in words and lives on.</summary>
public sealed class BodyFuzzTests(RunningServer running)
{
    [Fact]
    public async Task Bodies_Fuzzed_AreRefusedInWordsAndNeverAnError()
    {
        using var client = running.NewTenant();
        var seed = Specs.NoOp("fuzzed", "nobody-works-here");
        string[] types = [Routes.Yaml, "application/json", "text/plain", "application/octet-stream", "application/yaml; charset=utf-16"];
        string[] paths = [Routes.Jobs, Routes.Studies, Routes.Plan];
        for (var i = 0; i < 300; i++)
        {
            var random = new Random(i);
            var bytes = System.Text.Encoding.UTF8.GetBytes(seed);
            for (var n = random.Next(1, 12); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using var content = new ByteArrayContent(bytes[..random.Next(bytes.Length + 1)]);
            content.Headers.TryAddWithoutValidation("Content-Type", types[random.Next(types.Length)]);
            using var answer = await client.Http.PostAsync(paths[i % paths.Length], content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode < 500, $"seed {i}: {(int)answer.StatusCode} {text}");
            if (!answer.IsSuccessStatusCode) Assert.Contains("\"detail\"", text, StringComparison.Ordinal);
        }
        using var still = await client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }
}
