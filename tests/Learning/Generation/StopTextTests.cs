using Ptune.Learning.Generation;

namespace Ptune.Learning.Tests.Generation;

public sealed class StopTextTests
{
    [Theory]
    [InlineData("one two END three", "one two ", "END")]
    [InlineData("aab", "a", "ab")]
    [InlineData("EENDD", "E", "END")]
    [InlineData("ab\n\nc", "ab", "\n\n")]
    [InlineData("EN EN", "EN EN", "END")]
    [InlineData("x END y STOP", "x ", "STOP", "END")]
    [InlineData("STOP", "", "STOP")]
    [InlineData("plain", "plain")]
    public void Add_HoweverTheTextIsCut_EndsBeforeTheStopString(string text, string expected, params string[] stops)
    {
        // Every way to cut it into two parts, and one character at a time.
        for (int at = 0; at <= text.Length; at++) Assert.Equal(expected, Read(stops, text[..at], text[at..]));
        Assert.Equal(expected, Read(stops, [.. text.Select(c => c.ToString())]));
    }

    [Fact]
    public void Add_WhatMayBeginAStopString_IsHeldBackAndNothingElse()
    {
        var stop = new StopText(["END", "\n\n"]);
        (string Part, string Shown)[] steps = [("a ", "a "), ("E", ""), ("NEN", "EN"), ("t", "ENt"), ("\n", ""), ("b", "\nb")];
        foreach (var (part, shown) in steps) Assert.Equal(shown, stop.Add(part));
        Assert.Equal("", stop.Finish());
    }

    private static string Read(string[] stops, params string[] parts)
    {
        var stop = new StopText(stops);
        string text = string.Concat(parts.Select(stop.Add)) + stop.Finish();
        Assert.Equal(stops.Any(string.Concat(parts).Contains), stop.Found);
        return text;
    }
}
