namespace Ptune.Silo.Configuration;

/// <summary>What --help prints.</summary>
internal static class Usage
{
    public const string Text = """
        The server of the Portable Tuning Orchestrator: jobs, studies, artifacts, over HTTP.

        Usage: Ptune.Silo [--announce FILE] [--SECTION:KEY VALUE ...] [--help] [--version]
               Ptune.Silo keys create --role ROLE [--tenant T] [--name NAME] [--expires 90d] [--json] [--SECTION:KEY VALUE ...]

        --announce FILE   when ready, write one JSON line there: url, pid, dashboard, instance, startTime; removed at the stop
        keys create       make an API key on the storage of the settings, with no server to ask: the first one of a store or cluster. stdout is the key.
                          ROLE is viewer, submitter, operator or admin. A store has one server at a time: where one runs, ask it by ptune keys create

        Settings come from appsettings.json, from variables (PTUNE_Http__Urls) and from the command line (--Http:Urls); the last wins.
          Mode                         embedded (default): one process and one folder; cluster: Azure Storage and RabbitMQ
          Http__Urls                   http://127.0.0.1:8080; port 0 takes a free one; anything but loopback needs keys
          Http__Auth                   required or none (loopback only); default: none on loopback, required elsewhere
          Http__Token                  none; deprecated: an admin key in the settings
          Http__MaxSpecBytes           1048576
          Storage__Folder              .ptune (embedded)
          Storage__ConnectionString    none (cluster needs it)
          Access__Issuers__NAME__Authority   none; OpenID Connect: docs/security.md
          Data__Roots                  none; where keys are needed: folders, separated by ;, below which specs may name files
          Orleans__ClusterId           ptune          Orleans__ServiceId     ptune
          Orleans__AdvertisedAddress   127.0.0.1
          Orleans__SiloPort            a free one (embedded), 11111 (cluster)
          Orleans__GatewayPort         none (embedded), 30000 (cluster)
          Messaging__Transport         memory; a cluster needs rabbitmq
          Messaging__Uri               none; amqp://user:password@host:port/virtual-host
          Jobs__LeaseDuration          0:00:30        Jobs__SweepInterval    0:00:05
          Worker__Executors            embedded: as many as cores; 0: no worker in this process
          Logging__LogLevel__Default   Warning

        Examples:
          Ptune.Silo
          Ptune.Silo --Http:Urls http://127.0.0.1:0 --Storage:Folder /srv/ptune --announce /run/ptune.json
          PTUNE_Mode=cluster PTUNE_Storage__ConnectionString=... PTUNE_Messaging__Transport=rabbitmq PTUNE_Messaging__Uri=... Ptune.Silo

        Exit codes: 0 stopped, 1 failed, 2 it cannot start as configured, 3 another server uses the store.
        """;
}
