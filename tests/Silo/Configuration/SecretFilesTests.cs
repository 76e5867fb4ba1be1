using System.Collections;
using Ptune.Fixtures;
using Ptune.Supervisor.Hosting;

namespace Ptune.Silo.Tests.Configuration;

public sealed class SecretFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("secrets");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_VariablesAndFiles_AreSettings()
    {
        File.WriteAllText(_folder.PathOf("token"), "a secret with spaces \n");
        var settings = SecretFiles.Read(
            new Hashtable { ["PTUNE_Http__Token_FILE"] = _folder.PathOf("token"), ["PTUNE_Http__Urls"] = "http://127.0.0.1:0", ["PTUNE_Messaging__Uri_FILE"] = "", ["HOME"] = "/root" }, "PTUNE_");
        Assert.Equal(new Dictionary<string, string?> { ["Http:Token"] = "a secret with spaces ", ["Http:Urls"] = "http://127.0.0.1:0" }, settings);
    }

    [Fact]
    public void Read_BothWays_IsRefusedWithoutTheSecret()
    {
        File.WriteAllText(_folder.PathOf("token"), "hidden");
        var refusal = Assert.Throws<InvalidDataException>(() => SecretFiles.Read(new Hashtable { ["PTUNE_Http__Token"] = "shown", ["PTUNE_Http__Token_FILE"] = _folder.PathOf("token") }, "PTUNE_"));
        Assert.Equal("PTUNE_Http__Token and PTUNE_Http__Token_FILE are both set. Leave one of them out.", refusal.Message);
    }

    [Fact]
    public void Read_MissingFile_IsNamed()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => SecretFiles.Read(new Hashtable { ["PTUNE_Http__Token_FILE"] = "/nowhere/token" }, "PTUNE_"));
        Assert.Contains("PTUNE_Http__Token_FILE: the file '/nowhere/token' cannot be read", refusal.Message, StringComparison.Ordinal);
    }
}
