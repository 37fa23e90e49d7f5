import { type ImageRow, words } from './row.js';

const DOTNET_ENV = words(
  'ASPNETCORE_HTTP_PORTS ASPNETCORE_URLS DOTNET_RUNNING_IN_CONTAINER DOTNET_VERSION ASPNET_VERSION APP_UID DOTNET_SYSTEM_GLOBALIZATION_INVARIANT DOTNET_SDK_VERSION DOTNET_USE_POLLING_FILE_WATCHER DOTNET_GENERATE_ASPNET_CERTIFICATE DOTNET_NOLOGO NUGET_XMLDOC_MODE POWERSHELL_DISTRIBUTION_CHANNEL DOTNET_SKIP_FIRST_TIME_EXPERIENCE LC_ALL LANG',
);
/** The undecorated tags: Debian up to 9, Ubuntu from 10 on. */
const DOTNET_BASE = [
  [0, 'debian'],
  [10, 'ubuntu'],
] as const;
const APP = { name: 'app', uid: 1654, write: '$APP_UID' } as const;
const UBI_ENV = words(
  'container SUMMARY DESCRIPTION STI_SCRIPTS_URL STI_SCRIPTS_PATH APP_ROOT HOME PLATFORM APP_DATA NAME CNB_STACK_ID CNB_USER_ID CNB_GROUP_ID NODEJS_VERSION NODEJS_VER PYTHON_VERSION PYTHON_VER VIRTUAL_ENV BASH_ENV ENV PROMPT_COMMAND JAVA_HOME JAVA_VERSION NPM_RUN NPM_CONFIG_PREFIX RUBY_VERSION PHP_VERSION LANG LC_ALL',
);

const CUDA_ENV = words(
  'NVARCH NVIDIA_REQUIRE_CUDA NV_CUDA_CUDART_VERSION NV_CUDA_COMPAT_PACKAGE CUDA_VERSION LD_LIBRARY_PATH NVIDIA_VISIBLE_DEVICES NVIDIA_DRIVER_CAPABILITIES LIBRARY_PATH NV_CUDNN_VERSION NV_CUDNN_PACKAGE NV_CUDNN_PACKAGE_NAME NV_NVTX_VERSION NV_CUDA_LIB_VERSION NVIDIA_PRODUCT_NAME PYTORCH_VERSION CUDNN_VERSION NCCL_VERSION',
);

/** Distributions, .NET, and images outside Docker Hub. */
export const PLATFORMS = [
  {
    images: ['scratch'],
    base: 'scratch',
    user: 'root',
    env: [],
    addsOnly: [],
    source: 'docs.docker.com/build/building/base-images',
  },
  {
    images: ['alpine'],
    base: 'alpine',
    user: 'root',
    env: [],
    addsOnly: [],
    source: 'github.com/alpinelinux/docker-alpine',
  },
  {
    images: ['busybox'],
    base: 'busybox',
    user: 'root',
    addsOnly: [],
    source: 'github.com/docker-library/busybox',
  },
  {
    images: ['debian'],
    base: 'debian',
    user: 'root',
    env: [],
    addsOnly: [],
    source: 'github.com/debuerreotype/docker-debian-artifacts',
  },
  {
    images: ['ubuntu'],
    base: 'ubuntu',
    user: 'root',
    env: ['LANG'],
    addsOnly: [],
    source: 'git.launchpad.net/cloud-images ubuntu-oci',
  },
  {
    images: ['bitnami/minideb'],
    base: 'debian',
    user: 'root',
    env: [],
    addsOnly: [],
    source: 'github.com/bitnami/minideb',
  },
  {
    images: words(
      'fedora centos rockylinux almalinux oraclelinux amazonlinux photon quay.io/centos/centos quay.io/rockylinux/rockylinux rockylinux/rockylinux quay.io/fedora/fedora public.ecr.aws/amazonlinux/amazonlinux registry.fedoraproject.org/fedora registry.fedoraproject.org/fedora-minimal quay.io/fedora/fedora-minimal mcr.microsoft.com/azurelinux/base/core mcr.microsoft.com/cbl-mariner/base/core',
    ),
    user: 'root',
    env: words('container DISTTAG FGC FBR LANG LC_ALL'),
    addsOnly: [],
    source: 'github.com/docker-library/official-images',
  },
  {
    images: [],
    pattern: /^(?:registry\.(?:access\.redhat\.com|redhat\.io)|redhat)\/ubi\d+(?:\/ubi)?(?:-minimal|-micro|-init)?$/,
    user: 'root',
    env: ['container'],
    addsOnly: [],
    source: 'catalog.redhat.com/software/base-images',
  },
  {
    images: ['registry.access.redhat.com/*', 'registry.redhat.io/*', 'redhat/*'],
    // Beside the plain bases: the builder and runtime images are 1001 or 185.
    user: 'unknown',
    env: UBI_ENV,
    source: 'catalog.redhat.com/software/base-images',
  },
  {
    images: [
      'opensuse/*',
      'registry.opensuse.org/opensuse/*',
      'registry.suse.com/bci/bci-base',
      'registry.suse.com/bci/bci-minimal',
    ],
    base: 'suse',
    user: 'root',
    env: [],
    source: 'registry.suse.com',
  },
  {
    images: words('archlinux gentoo/* clearlinux clefos mageia sl crux alt sourcemage void'),
    user: 'root',
    env: ['LANG'],
    source: 'github.com/docker-library/official-images',
  },
  {
    images: ['gcr.io/distroless/*'],
    base: 'distroless',
    user: 'root',
    env: words('SSL_CERT_FILE JAVA_VERSION JAVA_HOME LANG LANGUAGE LC_ALL'),
    addsOnly: [],
    source: 'github.com/GoogleContainerTools/distroless',
  },
  {
    images: ['cgr.dev/chainguard/*', 'chainguard/*', 'cgr.dev/*'],
    user: { name: 'nonroot', uid: 65532 },
    env: words(
      'SSL_CERT_FILE JAVA_HOME LANG GOPATH NODE_PATH NPM_CONFIG_UPDATE_NOTIFIER PYTHONUNBUFFERED RUBYOPT GEM_HOME DOTNET_ROOT CARGO_HOME RUSTUP_HOME MAVEN_HOME GRADLE_HOME',
    ),
    source: 'images.chainguard.dev',
  },
  {
    images: [
      'mcr.microsoft.com/dotnet/sdk',
      'mcr.microsoft.com/dotnet/nightly/sdk',
      'mcr.microsoft.com/dotnet/core/sdk',
    ],
    runtime: 'dotnet',
    baseFrom: DOTNET_BASE,
    sdk: true,
    shipped: APP,
    user: 'root',
    env: DOTNET_ENV,
    has: ['dotnet'],
    source: 'github.com/dotnet/dotnet-docker',
  },
  {
    images: words(
      'mcr.microsoft.com/dotnet/aspnet mcr.microsoft.com/dotnet/runtime mcr.microsoft.com/dotnet/nightly/aspnet mcr.microsoft.com/dotnet/nightly/runtime mcr.microsoft.com/dotnet/core/aspnet mcr.microsoft.com/dotnet/core/runtime',
    ),
    runtime: 'dotnet',
    baseFrom: DOTNET_BASE,
    shipped: APP,
    user: 'root',
    env: DOTNET_ENV,
    has: ['dotnet'],
    addsOnly: [],
    source: 'github.com/dotnet/dotnet-docker',
  },
  {
    images: [
      'mcr.microsoft.com/dotnet/runtime-deps',
      'mcr.microsoft.com/dotnet/nightly/runtime-deps',
      'mcr.microsoft.com/dotnet/core/runtime-deps',
    ],
    runtime: 'dotnet',
    baseFrom: DOTNET_BASE,
    shipped: APP,
    user: 'root',
    env: DOTNET_ENV,
    addsOnly: [],
    source: 'github.com/dotnet/dotnet-docker',
  },
  {
    images: ['mcr.microsoft.com/openjdk/jdk'],
    runtime: 'java',
    sdk: true,
    user: 'unknown',
    env: ['JAVA_HOME', 'LANG'],
    source: 'github.com/microsoft/openjdk-docker',
  },
  {
    images: ['mcr.microsoft.com/playwright', 'mcr.microsoft.com/playwright/*'],
    shipped: { name: 'pwuser', uid: 1001 },
    base: 'ubuntu',
    user: 'root',
    env: words('PLAYWRIGHT_BROWSERS_PATH TZ LANG LC_ALL'),
    source: 'github.com/microsoft/playwright utils/docker',
  },
  {
    images: ['mcr.microsoft.com/devcontainers/*', 'mcr.microsoft.com/vscode/devcontainers/*'],
    user: 'unknown',
    env: words(
      'NVM_DIR NVM_SYMLINK_CURRENT PYTHON_VERSION PIPX_HOME PIPX_BIN_DIR NODE_VERSION YARN_VERSION GOPATH GOROOT GOLANG_VERSION GOTOOLCHAIN RUSTUP_HOME CARGO_HOME JAVA_HOME SDKMAN_DIR PHP_VERSION PHP_INI_DIR PHPIZE_DEPS DOTNET_RUNNING_IN_CONTAINER DOTNET_SDK_VERSION DOTNET_VERSION LANG',
    ),
    source: 'github.com/devcontainers/images',
  },
  {
    images: ['mcr.microsoft.com/windows/nanoserver'],
    base: 'windows',
    user: { name: 'ContainerUser' },
    env: [],
    source: 'learn.microsoft.com/virtualization/windowscontainers',
  },
  {
    images: [
      'mcr.microsoft.com/windows/servercore',
      'mcr.microsoft.com/windows/server',
      'mcr.microsoft.com/windows',
      'mcr.microsoft.com/windows/servercore/iis',
    ],
    base: 'windows',
    user: { name: 'ContainerAdministrator' },
    env: [],
    source: 'learn.microsoft.com/virtualization/windowscontainers',
  },
  {
    images: words(
      'public.ecr.aws/lambda/* amazon/aws-lambda-python amazon/aws-lambda-nodejs amazon/aws-lambda-java amazon/aws-lambda-dotnet amazon/aws-lambda-ruby amazon/aws-lambda-go amazon/aws-lambda-provided lambci/lambda',
    ),
    faas: true,
    user: 'unknown',
    env: words('LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR LANG TZ LD_LIBRARY_PATH'),
    source: 'github.com/aws/aws-lambda-base-images',
  },
  {
    images: ['mcr.microsoft.com/azure-functions/*'],
    faas: true,
    user: 'unknown',
    env: words(
      'AzureWebJobsScriptRoot HOME FUNCTIONS_WORKER_RUNTIME ASPNETCORE_CONTENTROOT DOTNET_USE_POLLING_FILE_WATCHER HOST_VERSION ASPNETCORE_URLS WEBSITE_HOSTNAME',
    ),
    source: 'github.com/Azure/azure-functions-docker',
  },
  {
    images: ['nvidia/cuda', 'nvcr.io/nvidia/cuda'],
    user: 'root',
    env: CUDA_ENV,
    source: 'gitlab.com/nvidia/container-images/cuda',
  },
  {
    images: ['nvcr.io/nvidia/*'],
    user: 'unknown',
    env: CUDA_ENV,
    source: 'catalog.ngc.nvidia.com',
  },
  {
    images: ['continuumio/miniconda3', 'continuumio/anaconda3', 'condaforge/miniforge3', 'condaforge/mambaforge'],
    runtime: 'python',
    user: 'root',
    env: words('LANG LC_ALL CONDA_DIR CONDA_VERSION'),
    has: ['conda'],
    source: 'github.com/ContinuumIO/docker-images, github.com/conda-forge/miniforge-images',
  },
  {
    images: ['mambaorg/micromamba'],
    runtime: 'python',
    user: { name: 'mambauser', uid: 57439 },
    env: words('LANG LC_ALL ENV_NAME MAMBA_ROOT_PREFIX MAMBA_EXE MAMBA_USER MAMBA_USER_ID MAMBA_USER_GID'),
    has: ['micromamba'],
    source: 'github.com/mamba-org/micromamba-docker',
  },
  {
    images: ['jupyter/*', 'quay.io/jupyter/*'],
    runtime: 'python',
    user: { name: 'jovyan', uid: 1000 },
    env: words(
      'CONDA_DIR SHELL NB_USER NB_UID NB_GID LC_ALL LANG LANGUAGE HOME JUPYTER_PORT XDG_CACHE_HOME SPARK_HOME APACHE_SPARK_VERSION',
    ),
    source: 'github.com/jupyter/docker-stacks',
  },
  {
    images: ['bitnami/*', 'bitnamilegacy/*', 'bitnamisecure/*'],
    base: 'debian',
    user: { name: '1001', uid: 1001 },
    env: words(
      'HOME OS_ARCH OS_FLAVOUR OS_NAME APP_VERSION IMAGE_REVISION BITNAMI_APP_NAME BITNAMI_IMAGE_VERSION JAVA_HOME NSS_WRAPPER_LIB LANG LANGUAGE',
    ),
    source: 'github.com/bitnami/containers',
  },
] as const satisfies readonly ImageRow[];
