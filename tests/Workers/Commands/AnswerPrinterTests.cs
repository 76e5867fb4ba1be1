using System.Text;
using Ptune.Executor.Commands;
using Ptune.Learning.Generation;

namespace Ptune.Workers.Tests.Commands;

public sealed class AnswerPrinterTests : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    private string Shown => Encoding.UTF8.GetString(_output.ToArray());

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void OnText_FirstUnfinishedPrompt_IsShownAtOnceAndLaterOnesWait()
    {
        var printer = Printer(count: 3, json: false);
        printer.OnText(1, "late");
        Assert.Equal("", Shown);
        printer.OnText(0, "now");
        Assert.Equal("--- 1 of 3 ---\nnow", Shown);
        printer.OnAnswer(2, new FolderAnswer { PromptIds = [], Error = "too long" });
        printer.OnText(1, "r");
        printer.OnText(0, " here\n");
        printer.OnAnswer(0, Answer("now here\n"));
        Assert.Equal("--- 1 of 3 ---\nnow here\n--- 2 of 3 ---\nlater", Shown);
        printer.OnAnswer(1, Answer("later"));
        Assert.Equal("--- 1 of 3 ---\nnow here\n--- 2 of 3 ---\nlater\n--- 3 of 3 ---\nerror: too long\n", Shown);
        Assert.True(printer.AnyFailed);
    }

    [Fact]
    public void OnAnswer_AsJson_GivesLinesInTheOrderOfThePrompts()
    {
        var printer = Printer(count: 2, json: true);
        printer.OnText(1, "b");
        printer.OnAnswer(1, Answer("b"));
        Assert.Equal("", Shown);
        printer.OnAnswer(0, new FolderAnswer { PromptIds = [4], Ids = [5], Finish = "eos" });
        Assert.Equal(
            "{\"promptIds\":[4],\"ids\":[5],\"text\":null,\"finish\":\"eos\",\"tokensPerSecond\":null}\n{\"promptIds\":[1],\"ids\":[2,3],\"text\":\"b\",\"finish\":\"stop\",\"tokensPerSecond\":2.5}\n", Shown);
        Assert.False(printer.AnyFailed);
    }

    [Theory]
    [InlineData(true, "a\\u001b[2J\\u202e\n\tb\n")]
    [InlineData(false, "a\u001b[2J\u202e\n\tb\n")]
    public void OnText_CharactersThatATerminalObeys_AreShownAsEscapesOnATerminalOnly(bool isTerminal, string shown)
    {
        var printer = Printer(count: 1, json: false, isTerminal);
        printer.OnText(0, "a\u001b[2J\u202e\n\tb");
        printer.OnAnswer(0, Answer("a\u001b[2J\u202e\n\tb"));
        Assert.Equal(shown, Shown);
        Assert.Equal("2 tokens, 2.5 tokens/s, finish: stop\n", _error.ToString());
    }

    private static FolderAnswer Answer(string text) => new() { PromptIds = [1], Ids = [2, 3], Text = text, Finish = "stop", TokensPerSecond = 2.5 };

    private AnswerPrinter Printer(int count, bool json, bool isTerminal = false) =>
        new(new CommandStreams(Stream.Null, new StreamWriter(_output, new UTF8Encoding(false)), _error), count, json, isTerminal);
}
