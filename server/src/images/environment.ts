interface Row {
  readonly name: RegExp;
  readonly variables: readonly string[];
}

/** ENV of well-known images beside PATH (the images' own Dockerfiles). Names only: values differ by tag. */
const ROWS = [
  {
    name: /^(?:python|pypy)$/,
    variables: [
      'PYTHON_VERSION',
      'PYTHON_SHA256',
      'GPG_KEY',
      'LANG',
      'PYTHON_PIP_VERSION',
      'PYTHON_SETUPTOOLS_VERSION',
      'PYTHON_GET_PIP_URL',
      'PYTHON_GET_PIP_SHA256',
      'PYPY_VERSION',
    ],
  },
  { name: /^node$/, variables: ['NODE_VERSION', 'YARN_VERSION'] },
  { name: /^golang$/, variables: ['GOLANG_VERSION', 'GOPATH', 'GOTOOLCHAIN'] },
  { name: /^rust$/, variables: ['RUSTUP_HOME', 'CARGO_HOME', 'RUST_VERSION'] },
  {
    name: /^(?:ruby|jruby)$/,
    variables: [
      'LANG',
      'RUBY_VERSION',
      'RUBY_DOWNLOAD_URL',
      'RUBY_DOWNLOAD_SHA256',
      'GEM_HOME',
      'BUNDLE_SILENCE_ROOT_WARNING',
      'BUNDLE_APP_CONFIG',
      'RUBY_MAJOR',
      'JRUBY_VERSION',
    ],
  },
  {
    name: /^php$/,
    variables: [
      'PHPIZE_DEPS',
      'PHP_INI_DIR',
      'PHP_CFLAGS',
      'PHP_CPPFLAGS',
      'PHP_LDFLAGS',
      'GPG_KEYS',
      'PHP_VERSION',
      'PHP_URL',
      'PHP_ASC_URL',
      'PHP_SHA256',
      'APACHE_CONFDIR',
      'APACHE_ENVVARS',
    ],
  },
  {
    name: /^(?:openjdk|eclipse-temurin|amazoncorretto|sapmachine)$/,
    variables: ['JAVA_HOME', 'JAVA_VERSION', 'LANG', 'LANGUAGE', 'LC_ALL'],
  },
  { name: /^maven$/, variables: ['MAVEN_HOME', 'MAVEN_CONFIG', 'JAVA_HOME', 'JAVA_VERSION', 'LANG'] },
  { name: /^gradle$/, variables: ['GRADLE_HOME', 'GRADLE_VERSION', 'JAVA_HOME', 'JAVA_VERSION', 'LANG'] },
  {
    name: /^tomcat$/,
    variables: [
      'CATALINA_HOME',
      'TOMCAT_NATIVE_LIBDIR',
      'LD_LIBRARY_PATH',
      'GPG_KEYS',
      'TOMCAT_MAJOR',
      'TOMCAT_VERSION',
      'TOMCAT_SHA512',
      'JAVA_HOME',
      'JAVA_VERSION',
      'LANG',
    ],
  },
  {
    name: /^jenkins\/jenkins$/,
    variables: [
      'JENKINS_HOME',
      'JENKINS_SLAVE_AGENT_PORT',
      'REF',
      'JENKINS_VERSION',
      'JENKINS_UC',
      'JENKINS_UC_EXPERIMENTAL',
      'JENKINS_INCREMENTALS_REPO_MIRROR',
      'COPY_REFERENCE_FILE_LOG',
      'JAVA_HOME',
      'LANG',
    ],
  },
  {
    name: /^nginx$/,
    variables: ['NGINX_VERSION', 'NJS_VERSION', 'NJS_RELEASE', 'PKG_RELEASE', 'DYNPKG_RELEASE', 'ACME_VERSION'],
  },
  { name: /^httpd$/, variables: ['HTTPD_PREFIX', 'HTTPD_VERSION', 'HTTPD_SHA256', 'HTTPD_PATCHES'] },
  {
    name: /^postgres$|^postgis\/postgis$/,
    variables: ['PGDATA', 'PG_MAJOR', 'PG_VERSION', 'GOSU_VERSION', 'LANG', 'PG_SHA256', 'DOCKER_PG_LLVM_DEPS'],
  },
  { name: /^mysql$/, variables: ['GOSU_VERSION', 'MYSQL_MAJOR', 'MYSQL_VERSION', 'MYSQL_SHELL_VERSION'] },
  { name: /^mariadb$/, variables: ['GOSU_VERSION', 'LANG', 'MARIADB_VERSION'] },
  {
    name: /^(?:redis|valkey)$/,
    variables: ['REDIS_VERSION', 'REDIS_DOWNLOAD_URL', 'REDIS_DOWNLOAD_SHA', 'GOSU_VERSION', 'VALKEY_VERSION'],
  },
  {
    name: /^mongo$/,
    variables: [
      'GOSU_VERSION',
      'JSYAML_VERSION',
      'MONGO_PACKAGE',
      'MONGO_REPO',
      'MONGO_MAJOR',
      'MONGO_VERSION',
      'HOME',
    ],
  },
  {
    name: /^rabbitmq$/,
    variables: [
      'RABBITMQ_DATA_DIR',
      'RABBITMQ_VERSION',
      'RABBITMQ_PGP_KEY_ID',
      'RABBITMQ_HOME',
      'HOME',
      'LANG',
      'LANGUAGE',
      'LC_ALL',
    ],
  },
  {
    name: /^composer$/,
    variables: [
      'COMPOSER_ALLOW_SUPERUSER',
      'COMPOSER_HOME',
      'COMPOSER_VERSION',
      'PHP_VERSION',
      'PHP_INI_DIR',
      'PHPIZE_DEPS',
    ],
  },
  {
    name: /^mcr\.microsoft\.com\/dotnet\//,
    variables: [
      'APP_UID',
      'ASPNETCORE_HTTP_PORTS',
      'ASPNETCORE_URLS',
      'DOTNET_RUNNING_IN_CONTAINER',
      'DOTNET_VERSION',
      'ASPNET_VERSION',
      'DOTNET_SDK_VERSION',
      'DOTNET_USE_POLLING_FILE_WATCHER',
      'NUGET_XMLDOC_MODE',
      'POWERSHELL_DISTRIBUTION_CHANNEL',
      'DOTNET_GENERATE_ASPNET_CERTIFICATE',
      'DOTNET_NOLOGO',
      'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT',
    ],
  },
  {
    name: /^nvidia\/cuda$/,
    variables: [
      'NVARCH',
      'NVIDIA_REQUIRE_CUDA',
      'CUDA_VERSION',
      'LD_LIBRARY_PATH',
      'NVIDIA_VISIBLE_DEVICES',
      'NVIDIA_DRIVER_CAPABILITIES',
      'LIBRARY_PATH',
      'NV_CUDNN_VERSION',
      'CUDA_HOME',
      'NV_CUDA_LIB_VERSION',
    ],
  },
  {
    name: /^(?:continuumio\/miniconda3|continuumio\/anaconda3|mambaorg\/micromamba)$/,
    variables: ['LANG', 'LC_ALL', 'MAMBA_ROOT_PREFIX', 'MAMBA_EXE', 'MAMBA_USER', 'ENV_NAME', 'CONDA_DIR'],
  },
  {
    name: /^ghcr\.io\/puppeteer\/puppeteer$/,
    variables: ['PUPPETEER_SKIP_CHROMIUM_DOWNLOAD', 'PPTRUSER_UID', 'NODE_VERSION', 'LANG'],
  },
  {
    name: /^(?:erlang|elixir)$/,
    variables: ['OTP_VERSION', 'REBAR_VERSION', 'REBAR3_VERSION', 'ELIXIR_VERSION', 'LANG'],
  },
  {
    name: /^docker$/,
    variables: [
      'DOCKER_VERSION',
      'DOCKER_BUILDX_VERSION',
      'DOCKER_COMPOSE_VERSION',
      'DOCKER_TLS_CERTDIR',
      'DIND_COMMIT',
    ],
  },
  {
    name: /^swift$/,
    variables: ['SWIFT_SIGNING_KEY', 'SWIFT_PLATFORM', 'SWIFT_BRANCH', 'SWIFT_VERSION', 'SWIFT_WEBROOT'],
  },
  { name: /^julia$/, variables: ['JULIA_PATH', 'JULIA_GPG', 'JULIA_VERSION'] },
  {
    name: /^wordpress$/,
    variables: ['PHPIZE_DEPS', 'PHP_INI_DIR', 'PHP_VERSION', 'APACHE_CONFDIR', 'APACHE_ENVVARS', 'GPG_KEYS'],
  },
  { name: /^elasticsearch$/, variables: ['ELASTIC_CONTAINER', 'SHELL'] },
  { name: /^quay\.io\/keycloak\/keycloak$/, variables: ['LANG', 'KC_RUN_IN_CONTAINER'] },
] as const satisfies readonly Row[];

/** The names of the variables that an image is known to set. */
export function environmentOf(name: string): readonly string[] {
  return ['PATH', ...((ROWS as readonly Row[]).find(row => row.name.test(name))?.variables ?? [])];
}
