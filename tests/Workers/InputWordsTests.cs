using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Executor;
using Ptune.Protocol;

namespace Ptune.Workers.Tests;

public sealed class InputWordsTests
{
    private static readonly RunRequest s_request = new()
    {
        JobId = "default.a",
        Epoch = 1,
        Spec = new NoOpSpec(),
        Inputs = new() { ["base"] = "/cache/artifacts/11", ["patch"] = "/cache/artifacts/11/22" },
        InputDigests = new() { ["base"] = "sha256:" + new string('1', 64), ["patch"] = "sha256:" + new string('2', 64) },
        WorkFolder = "/work",
        DataFolder = "/data",
        Device = "cpu",
        Threads = 1,
    };

    [Fact]
    public void In_JobThatCannotSucceed_NamesInputsByRoleAndDigest() => Assert.Equal(
        "the input 'patch' (222222222222)/adapter_model.safetensors: 'x' is [2], but with the input 'base' (111111111111) it must be [3].",
        InputWords.In(RunOutcome.Failed(FailureCause.Invalid, "/cache/artifacts/11/22/adapter_model.safetensors: 'x' is [2], but with /cache/artifacts/11 it must be [3]."), s_request).Message);

    /// <summary>Who runs the worker has to find the file.</summary>
    [Fact]
    public void In_FaultOfTheMachine_KeepsItsPath() => Assert.Equal(
        "/cache/artifacts/11/model.safetensors: I/O error", InputWords.In(RunOutcome.Failed(FailureCause.Infrastructure, "/cache/artifacts/11/model.safetensors: I/O error"), s_request).Message);
}
