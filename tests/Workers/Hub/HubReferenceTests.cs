using Ptune.Executor.Hub;
using Ptune.Learning;

namespace Ptune.Workers.Tests.Hub;

public sealed class HubReferenceTests
{
    [Theory]
    [InlineData("hf:acme/tiny", "acme/tiny", null, "main", false)]
    [InlineData("hf:acme/tiny@v1.0", "acme/tiny", "v1.0", "v1.0", false)]
    [InlineData("hf:HuggingFaceTB/SmolLM2-135M", "HuggingFaceTB/SmolLM2-135M", null, "main", false)]
    [InlineData("hf:a/b@refs/pr/1", "a/b", "refs/pr/1", "refs/pr/1", false)]
    [InlineData("hf:a_1/b.c@0123456789ABCDEF0123456789abcdef01234567", "a_1/b.c", "0123456789abcdef0123456789abcdef01234567", "0123456789abcdef0123456789abcdef01234567", true)]
    public void Parse_OfAGoodReference_GivesItsParts(string text, string repository, string? revision, string asked, bool isPinned)
    {
        var reference = HubReference.Parse(text);

        Assert.Equal((repository, revision, asked, isPinned), (reference.Repository, reference.Revision, reference.Asked, reference.IsPinned));
        Assert.Equal(reference, HubReference.Parse(reference.ToString()));
    }

    [Theory]
    [InlineData("acme/tiny", "does not begin with hf:")]
    [InlineData("HF:acme/tiny", "does not begin with hf:")]
    [InlineData("hf://acme/tiny", "slashes after hf:")]
    [InlineData("hf:gpt2", "has no owner")]
    [InlineData("hf:", "has no owner")]
    [InlineData("hf:acme/", "cannot be a repository's name")]
    [InlineData("hf:/tiny", "cannot be a repository's name")]
    [InlineData("hf:datasets/acme/tiny", "cannot be a repository's name")]
    [InlineData("hf:acme/ti ny", "cannot be a repository's name")]
    [InlineData("hf:../tiny", "cannot be a repository's name")]
    [InlineData("hf:acme/..", "cannot be a repository's name")]
    [InlineData("hf:acme/ti..ny", "cannot be a repository's name")]
    [InlineData("hf:acme/ti--ny", "cannot be a repository's name")]
    [InlineData("hf:acme/-tiny", "cannot be a repository's name")]
    [InlineData("hf:acme/tiny.git", "cannot be a repository's name")]
    [InlineData("hf:acme/tiny\n", "cannot be a repository's name")]
    [InlineData("hf:acme/tiny?x", "cannot be a repository's name")]
    [InlineData("hf:acme/é", "cannot be a repository's name")]
    [InlineData("hf:acme/tiny@", "cannot be a revision")]
    [InlineData("hf:acme/tiny@a@b", "cannot be a revision")]
    [InlineData("hf:acme/tiny@../../x", "cannot be a revision")]
    [InlineData("hf:acme/tiny@a..b", "cannot be a revision")]
    [InlineData("hf:acme/tiny@/main", "cannot be a revision")]
    [InlineData("hf:acme/tiny@main/", "cannot be a revision")]
    [InlineData("hf:acme/tiny@-main", "cannot be a revision")]
    [InlineData("hf:acme/tiny@ma in", "cannot be a revision")]
    [InlineData("hf:acme/tiny@main\n", "cannot be a revision")]
    [InlineData("hf:acme/tiny@HEAD~1", "cannot be a revision")]
    public void Parse_OfABadReference_SaysWhyAndHowItIsWritten(string text, string why)
    {
        var error = Assert.Throws<DataException>(() => HubReference.Parse(text));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Write hf:OWNER/NAME or hf:OWNER/NAME@REVISION, where REVISION is a branch, a tag or a commit.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Parse_OfALongName_IsRefused()
    {
        var name = new string('a', 96);

        Assert.Equal($"{name}/{name}", HubReference.Parse($"hf:{name}/{name}").Repository);
        Assert.Throws<DataException>(() => HubReference.Parse($"hf:acme/{name}a"));
        Assert.Throws<DataException>(() => HubReference.Parse($"hf:{name}a/tiny"));
        Assert.Throws<DataException>(() => HubReference.Parse($"hf:acme/tiny@{new string('a', 256)}"));
    }
}
