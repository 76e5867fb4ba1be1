using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Specs;

/// <summary>What may be named as a spec's file.</summary>
public sealed class SpecSourceTests : IDisposable
{
    private const string NoOp = "apiVersion: ptune/v1\nkind: NoOp\nname: nothing\n";

    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/dev/zero", "'/dev/zero' is not a file")]
    [InlineData(".", "'.' is not a file")]
    [InlineData("large.yaml", "'large.yaml' is longer than 4 MB")]
    [InlineData("link.yaml", "'link.yaml' is not a file")]
    public async Task Plan_NotASpec_IsRefusedAtOnce(string path, string problem)
    {
        using (var large = File.Create(Path.Combine(_client.Folder, "large.yaml"))) large.SetLength(1L << 40);
        File.CreateSymbolicLink(Path.Combine(_client.Folder, "link.yaml"), "/dev/zero");
        Assert.Contains(problem, (await _client.RunAsync("plan", path).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ptune plan - <nothing.yaml")]
    [InlineData("ptune plan <(cat nothing.yaml)")]
    [InlineData("mkfifo pipe; cat nothing.yaml >pipe & ptune plan pipe")]
    [InlineData("printf '\\xef\\xbb\\xbf' | cat - nothing.yaml | ptune plan -")]
    [InlineData("LC_ALL=de_DE.ISO-8859-1 ptune plan - <nothing.yaml")]
    public async Task Plan_FileOrPipe_ReadsTheSame(string line)
    {
        _client.Write("nothing.yaml", NoOp);
        var expected = (await _client.RunAsync("plan", "nothing.yaml")).Expect(ExitCode.Done);
        Assert.Equal(expected.Output, (await _client.ShellAsync(line)).Expect(ExitCode.Done).Output);
    }

    [Theory]
    [InlineData("ptune plan latin.yaml")]
    [InlineData("ptune plan - <latin.yaml")]
    [InlineData("LC_ALL=de_DE.ISO-8859-1 ptune plan - <latin.yaml")]
    public async Task Plan_OtherEncoding_SaysSoByEveryWayIn(string line)
    {
        File.WriteAllBytes(Path.Combine(_client.Folder, "latin.yaml"), [.. "apiVersion: ptune/v1\nkind: NoOp\n# "u8, 0xE4, (byte)'\n']);
        Assert.Contains("The text is not UTF-8", (await _client.ShellAsync(line)).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }
}
