# syntax=docker/dockerfile:1
# The supervisor, and in executor/ the child process with its libtorch. From the repository's root:
#   docker build -f k8s/images/worker.Dockerfile -t ptune/worker:0.1.0-cpu .
#   docker build -f k8s/images/worker.Dockerfile --build-arg ACCELERATOR=cuda -t ptune/worker:0.1.0-cuda .
# libtorch exists for x64 alone: on another processor add --platform linux/amd64.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG ACCELERATOR=cpu
WORKDIR /source
# .editorconfig too: it decides which analyzer warnings are errors.
COPY .editorconfig global.json Directory.Build.props Directory.Packages.props ./
COPY eng/ eng/
COPY src/ src/
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish src/Workers/Supervisor/Supervisor.csproj --configuration Release --output /published -p:UseAppHost=false
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish src/Workers/Executor/Executor.csproj --configuration Release --output /published/executor \
        -p:Accelerator=${ACCELERATOR} -p:PublishLibtorch=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /published/ ./
# The cache's mount point belongs to the user that the worker runs as, also without a volume over it.
RUN install --directory --owner=$APP_UID --group=$APP_UID /var/cache/ptune
# Which parts of the driver NVIDIA's container runtime mounts; without a GPU nobody reads it.
ENV NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER $APP_UID
ENTRYPOINT ["dotnet", "Ptune.Supervisor.dll"]
