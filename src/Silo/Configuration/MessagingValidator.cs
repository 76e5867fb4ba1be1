using Ptune.Messaging;

namespace Ptune.Silo.Configuration;

/// <summary>What the bus says of its options, and what a cluster needs of them.</summary>
internal sealed class MessagingValidator(ServerMode mode) : ISectionValidator<MessagingOptions>
{
    public IEnumerable<SettingProblem> Validate(MessagingOptions options)
    {
        if (mode == ServerMode.Cluster && options.Transport == MessagingTransport.Memory)
            yield return new("Messaging:Transport", "The memory transport reaches this process only, and a cluster's workers are other processes.", "Set it to rabbitmq, and PTUNE_Messaging__Uri to the broker.");
        foreach (var problem in options.Problems()) yield return SettingProblem.Parse(problem);
    }
}
