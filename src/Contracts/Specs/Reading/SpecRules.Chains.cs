namespace Ptune.Contracts.Specs.Reading;

/// <content>Chains of updates, probes and weights that are tried.</content>
internal sealed partial class SpecRules
{
    /// <summary>What drifts along a chain is seen only where each of its models is measured.</summary>
    private void Chains(LanguageStudySpec study)
    {
        for (var i = 0; i < study.Targets.Length; i++)
        {
            var between = study.UpdatesBetween(study.Sources, study.Targets[i]);
            if (between?.FirstOrDefault(name => !study.Targets.Contains(name)) is { } missing)
                Report($"targets[{i}]", $"The chain of updates to {Shown.Name(study.Targets[i])} has a gap: {Shown.Name(missing)} is not among the targets.", $"Add {Shown.Name(missing)} to 'targets'.");
        }
    }

    private void Probe(LanguageStudySpec study)
    {
        if (study.Probe is not { } probe) return;
        Require(probe.Split is Split.Test or Split.Validation, "probe.split", "A port is measured on examples that nothing was tuned on.", "Write validation or test.");
        if (probe.Data is { } data) Texts(study, data, "probe.data");
        Shared(study, probe.Split, "probe.data");
    }

    private void Weights(LanguageStudySpec study, StudyMethod method, string path)
    {
        if (method.OwnWeights() is not { } weights) return;
        var seen = new HashSet<double>();
        for (var i = 0; i < weights.Length; i++)
        {
            Weight(weights[i], $"{path}.weights[{i}]");
            Require(seen.Add(weights[i]), $"{path}.weights[{i}]", "This weight appears twice.", "Write each weight once.");
        }
        Require(method is not PortedStudyMethod { Rewards: not null }, $"{path}.weights", "With 'rewards', each of them has a weight of its own.", "Remove 'weights'.");
        foreach (var _ in study.Tasks) Shared(study, Split.Validation, $"{path}.weights");
    }
}
