using Ptune.Silo.Configuration;
using Ptune.Silo.Security;

namespace Ptune.Silo.Audit;

/// <summary>Registers what writes and reads the audit trail.</summary>
internal static class AuditServices
{
    public static void AddServerAudit(this IServiceCollection services, AuditOptions options)
    {
        services.AddSingleton(options).AddSingleton<AuditLog>().AddSingleton<AuditChainList>().AddSingleton<AuditReading>().AddSingleton<AuditVerifying>().AddSingleton<RefusalLedger>();
        services.AddSingleton<RefusalWriting>().AddHostedService(provider => provider.GetRequiredService<RefusalWriting>());
        services.AddHostedService<AuditRetention>().AddSingleton<ILoginRecord, LoginRecord>();
    }
}
