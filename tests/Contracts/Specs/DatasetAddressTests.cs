using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

public sealed class DatasetAddressTests
{
    [Theory]
    [InlineData("https://data.example/mnist/", "a/b.gz", "https://data.example/mnist/a/b.gz")]
    [InlineData("https://data.example", "b", "https://data.example/b")]
    [InlineData("HTTP://data.example:8080/x?version=3", "b c#?%.gz", "http://data.example:8080/x/b%20c%23%3F%25.gz?version=3")]
    [InlineData("https://data.example/x?${SAS}", "b", "https://data.example/x/b?sv=1&sig=a%2Bb")]
    [InlineData("https://data.example/${PATH}/x", "b", "https://data.example/to%2Fken/x/b")]
    public void Of_FileBelowAnAddress_IsComposedByParts(string location, string file, string expected)
    {
        var (address, credentials) = DatasetAddress.Parse(location)!.Of(file, Secret);
        Assert.Equal((expected, null), (address.AbsoluteUri, credentials));
    }

    [Theory]
    [InlineData("https://${LOGIN}@data.example/x", "ann:p@ss/w:rd")]
    [InlineData("https://ann:${SAS}@data.example/x", "ann:?sv=1&sig=a%2Bb")]
    [InlineData("https://ann%40corp:old@data.example/x", "ann@corp:old")]
    public void Of_AddressWithCredentials_GivesThemBesideIt(string location, string expected)
    {
        var (address, credentials) = DatasetAddress.Parse(location)!.Of("b", Secret);
        Assert.Equal(("https://data.example/x/b", expected), (address.AbsoluteUri, credentials));
    }

    [Theory]
    [InlineData("https://ann:secret@data.example/x?sig=secret&version=2#secret")]
    [InlineData("https://secret@data.example/x?secret")]
    public void Shown_AnyAddress_HoldsNothingSecret(string location)
    {
        var address = DatasetAddress.Parse(location)!;
        Assert.Equal("https://data.example/x?...", address.Shown);
        Assert.Equal("https://data.example/x/b?...", address.ShownOf("b"));
        Assert.DoesNotContain("secret", address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://data.example/x", null)]
    [InlineData("https://data.example/x?download=1&version=3", null)]
    [InlineData("https://data.example/x?download", null)]
    [InlineData("https://data.example/x?sig=${SIG}&se=", null)]
    [InlineData("https://data.example/x?${SAS}", null)]
    [InlineData("https://${LOGIN}@data.example/x", null)]
    [InlineData("https://ann:${PASSWORD}@data.example/x", null)]
    [InlineData("https://ann:secret@data.example/x", "credentials")]
    [InlineData("https://secret@data.example/x", "credentials")]
    [InlineData("https://${LOGIN}:secret@data.example/x", "credentials")]
    [InlineData("https://data.example/x?sig=secret", "'sig'")]
    [InlineData("https://data.example/x?version=1&X-Amz-Signature=secret", "'X-Amz-Signature'")]
    [InlineData("https://data.example/x?sig=${SIG}secret", "'sig'")]
    [InlineData("https://data.example/x#part", "fragment")]
    public void Problem_OfAnAddress_SaysWhatASpecMustNotHold(string location, string? words)
    {
        var problem = DatasetAddress.Parse(location)!.Problem();
        Assert.Equal(words is null, problem is null);
        Assert.Contains(words ?? "", problem ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", problem ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://")]
    [InlineData("https:///x")]
    [InlineData("https://ho st/x")]
    [InlineData("https://data.example/x\0")]
    [InlineData("/usr/share/datasets")]
    public void Parse_NoAddress_IsNull(string location) => Assert.Null(DatasetAddress.Parse(location));

    [Fact]
    public void Secrets_OfAnAddress_AreItsNames() =>
        Assert.Equal(["LOGIN", "SIG"], DatasetAddress.Parse("https://${LOGIN}@data.example/x?sig=${SIG}&again=${SIG}&not=$HOME")!.Secrets());

    [Theory]
    [InlineData("https://ann:hunter2@data.example/x")]
    [InlineData("https://data.example/x?sig=hunter2")]
    [InlineData("ftp://ann:hunter2@data.example/x")]
    [InlineData("https://ann:hunt/er2@data.example/x")]
    public void Read_SpecWithASecretInIt_IsRefusedWithoutRepeatingIt(string location)
    {
        var problem = Assert.Single(SpecReader.Read(Samples.With("/data/tiny", location)).Problems);
        Assert.Equal("dataset.location", problem.Path);
        Assert.DoesNotContain("hunt", problem.ToString(), StringComparison.Ordinal);
    }

    private static string Secret(string name) => name switch
    {
        "LOGIN" => "ann:p@ss/w:rd",
        "SAS" => "?sv=1&sig=a%2Bb",
        _ => "to/ken",
    };
}
