namespace Ptune.Architecture.Tests;

/// <summary>Numbers reach libtorch through one class, which keeps them alive while they are read (docs/decisions/0007).</summary>
public sealed class TorchNumberTests
{
    private const string _through = "Ptune.Learning.Tensors.Numbers::";

    private static readonly string[] s_makers = ["TorchSharp.Scalar::op_Implicit(", "TorchSharp.ScalarExtensionMethods::ToScalar("];

    [Fact]
    public void Learning_MakesScalarsInOneClassOnly()
    {
        var unsafeCalls = Unsafe();
        Assert.Contains("TorchSharp.torch.Tensor::op_Addition(TorchSharp.torch.Tensor,TorchSharp.torch.Tensor)", unsafeCalls);

        var learning = CompiledMethods.CallsOf(Projects.Product["Learning"].Assembly);
        Assert.Contains(learning, call => call.Method.StartsWith(_through, StringComparison.Ordinal) && IsMaker(call.Called));
        var elsewhere = learning.Where(call => !call.Method.StartsWith(_through, StringComparison.Ordinal) && (IsMaker(call.Called) || unsafeCalls.Contains(call.Called)));

        Assert.Empty(elsewhere.Select(call => $"{call.Method} calls {call.Called}: use Numbers"));
    }

    /// <summary>What makes a scalar inside TorchSharp, directly or by what it calls.</summary>
    private static HashSet<string> Unsafe()
    {
        var callers = CompiledMethods.CallsOf(Path.Combine(Projects.Product["Executor"].OutputFolder, "TorchSharp.dll")).ToLookup(call => call.Called, call => call.Method);
        var found = new HashSet<string>();
        var open = new Stack<string>(callers.Where(group => IsMaker(group.Key)).Select(group => group.Key));
        while (open.TryPop(out var called))
        {
            foreach (var method in callers[called])
            {
                if (!IsMaker(method) && found.Add(method)) open.Push(method);
            }
        }
        return found;
    }

    private static bool IsMaker(string method) => s_makers.Any(maker => method.StartsWith(maker, StringComparison.Ordinal));
}
