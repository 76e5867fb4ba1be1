namespace Ptune.Learning.Tests.Devices;

public sealed class TorchRuntimeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FindFolder_Asked_ComesFirst()
    {
        string asked = Libtorch("asked"), program = _folder.Folder("program");
        Libtorch("program/libtorch");
        Assert.Equal(asked, TorchRuntime.FindFolder(asked, program, Libtorch("package")));
    }

    [Fact]
    public void FindFolder_AskedWithoutLibtorch_IsRefusedAndNotPassedOver()
    {
        var error = Assert.Throws<FileNotFoundException>(() => TorchRuntime.FindFolder(_folder.Path, _folder.Path, Libtorch("package")));
        Assert.Contains(TorchRuntime.FolderVariable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindFolder_BesideTheProgram_ComesBeforeThePackage()
    {
        string beside = Libtorch("program/libtorch");
        Assert.Equal(beside, TorchRuntime.FindFolder(null, _folder["program"], Libtorch("package")));
    }

    [Fact]
    public void FindFolder_PackageOnly_IsThePackage()
    {
        string package = Libtorch("package");
        Assert.Equal(package, TorchRuntime.FindFolder("", _folder.Folder("program"), package));
    }

    [Fact]
    public void FindFolder_Nowhere_NamesWhereItLookedAndWhatToDo()
    {
        var error = Assert.Throws<FileNotFoundException>(() => TorchRuntime.FindFolder(null, _folder.Path, null));
        Assert.Contains(_folder["libtorch"], error.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet restore", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EnsureLoaded_InThisProcess_Passes()
    {
        TorchRuntime.EnsureLoaded();
        Assert.True(File.Exists(Path.Combine(TorchRuntime.Folder!, "libtorch_cpu.so")));
    }

    private string Libtorch(string name)
    {
        string folder = _folder.Folder(name);
        File.WriteAllText(Path.Combine(folder, "libtorch_cpu.so"), "");
        return folder;
    }
}
