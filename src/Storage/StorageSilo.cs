using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Ptune.Contracts.Stores;
using Ptune.Storage.Azure;
using Ptune.Storage.Embedded;
using Ptune.Storage.Serialization;

namespace Ptune.Storage;

/// <summary>Registers the grains' storage under <see cref="GrainStorageNames.State"/>.</summary>
public static class StorageSilo
{
    /// <summary>States in the store of <see cref="StorageServices.AddEmbeddedStorage"/>, which the host must have too.</summary>
    public static ISiloBuilder AddEmbeddedGrainStorage(this ISiloBuilder silo)
    {
        silo.Services.AddGrainStorage(GrainStorageNames.State, (services, _) => new SqliteGrainStorage(
            services.GetRequiredService<EmbeddedStore>().Database,
            new SpecJsonGrainStorageSerializer(),
            services.GetRequiredService<IActivatorProvider>()));
        return silo;
    }

    /// <summary>States as blobs of an Azure Storage account.</summary>
    public static ISiloBuilder AddAzureGrainStorage(this ISiloBuilder silo, string connectionString) =>
        silo.AddAzureBlobGrainStorage(GrainStorageNames.State, options =>
        {
            options.BlobServiceClient = new BlobServiceClient(connectionString, AzureRetries.Of(new BlobClientOptions()));
            options.ContainerName = AzureStorageNames.StateContainer;
            options.GrainStorageSerializer = new SpecJsonGrainStorageSerializer();
        });
}
