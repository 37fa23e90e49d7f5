// Made by `npm run generate`; one import and one line for each rule.
import type { ComposeRule } from '../rule.js';
import authenticationDisabled from './authentication-disabled.js';
import capabilitiesNotDropped from './capabilities-not-dropped.js';
import commandNotInImage from './command-not-in-image.js';
import composeSyntaxError from './compose-syntax-error.js';
import conflictingLimits from './conflicting-limits.js';
import cpuNotLimited from './cpu-not-limited.js';
import dangerousDevice from './dangerous-device.js';
import databaseWithoutVolume from './database-without-volume.js';
import dependencyBehindProfile from './dependency-behind-profile.js';
import dependencyNotAwaited from './dependency-not-awaited.js';
import dockerInDocker from './docker-in-docker.js';
import duplicateContainerName from './duplicate-container-name.js';
import duplicateHostPort from './duplicate-host-port.js';
import endOfLifeImage from './end-of-life-image.js';
import endlessRestart from './endless-restart.js';
import flatNetwork from './flat-network.js';
import healthNeverReported from './health-never-reported.js';
import healthcheckDisabled from './healthcheck-disabled.js';
import hostCapabilityAdded from './host-capability-added.js';
import hostCgroup from './host-cgroup.js';
import hostIpcNamespace from './host-ipc-namespace.js';
import hostNetwork from './host-network.js';
import hostProcessNamespace from './host-process-namespace.js';
import hostUserNamespace from './host-user-namespace.js';
import hostUtsNamespace from './host-uts-namespace.js';
import imageAndBuild from './image-and-build.js';
import imageWithoutDigest from './image-without-digest.js';
import invalidHealthcheck from './invalid-healthcheck.js';
import latestTag from './latest-tag.js';
import loggingDisabled from './logging-disabled.js';
import logsNotLimited from './logs-not-limited.js';
import memoryNotLimited from './memory-not-limited.js';
import missingFile from './missing-file.js';
import missingHealthcheck from './missing-healthcheck.js';
import missingInit from './missing-init.js';
import missingRestartPolicy from './missing-restart-policy.js';
import obsoleteKey from './obsolete-key.js';
import oneLetterVolume from './one-letter-volume.js';
import oomKillerDisabled from './oom-killer-disabled.js';
import passwordInCommand from './password-in-command.js';
import passwordInUrl from './password-in-url.js';
import portOnAllInterfaces from './port-on-all-interfaces.js';
import portsWithoutEffect from './ports-without-effect.js';
import privilegeEscalationAllowed from './privilege-escalation-allowed.js';
import privilegedHostPort from './privileged-host-port.js';
import privilegedService from './privileged-service.js';
import processesNotLimited from './processes-not-limited.js';
import publishedDatabasePort from './published-database-port.js';
import publishedPortNotServed from './published-port-not-served.js';
import remoteControlPort from './remote-control-port.js';
import riskyCapabilityAdded from './risky-capability-added.js';
import runtimeSocketMounted from './runtime-socket-mounted.js';
import secretFileMounted from './secret-file-mounted.js';
import secretInText from './secret-in-text.js';
import secretInVariable from './secret-in-variable.js';
import securityProfileDisabled from './security-profile-disabled.js';
import sensitiveHostPath from './sensitive-host-path.js';
import serviceRunsAsRoot from './service-runs-as-root.js';
import sharedMountPropagation from './shared-mount-propagation.js';
import sharedWritableVolume from './shared-writable-volume.js';
import swarmKeyWithoutEffect from './swarm-key-without-effect.js';
import tmpfsAllowsPrograms from './tmpfs-allows-programs.js';
import undefinedResource from './undefined-resource.js';
import unknownBuildArgument from './unknown-build-argument.js';
import unknownDependency from './unknown-dependency.js';
import unknownKey from './unknown-key.js';
import unsetVariable from './unset-variable.js';
import untaggedImage from './untagged-image.js';
import untrustedRegistry from './untrusted-registry.js';
import unusedResource from './unused-resource.js';
import uselessCapability from './useless-capability.js';
import writableHostSystemPath from './writable-host-system-path.js';
import writableRootFilesystem from './writable-root-filesystem.js';
import yamlBooleanSpelling from './yaml-boolean-spelling.js';

/** Every rule about Compose files, sorted by id. */
export const COMPOSE_RULES: readonly ComposeRule[] = [
  authenticationDisabled,
  capabilitiesNotDropped,
  commandNotInImage,
  composeSyntaxError,
  conflictingLimits,
  cpuNotLimited,
  dangerousDevice,
  databaseWithoutVolume,
  dependencyBehindProfile,
  dependencyNotAwaited,
  dockerInDocker,
  duplicateContainerName,
  duplicateHostPort,
  endOfLifeImage,
  endlessRestart,
  flatNetwork,
  healthNeverReported,
  healthcheckDisabled,
  hostCapabilityAdded,
  hostCgroup,
  hostIpcNamespace,
  hostNetwork,
  hostProcessNamespace,
  hostUserNamespace,
  hostUtsNamespace,
  imageAndBuild,
  imageWithoutDigest,
  invalidHealthcheck,
  latestTag,
  loggingDisabled,
  logsNotLimited,
  memoryNotLimited,
  missingFile,
  missingHealthcheck,
  missingInit,
  missingRestartPolicy,
  obsoleteKey,
  oneLetterVolume,
  oomKillerDisabled,
  passwordInCommand,
  passwordInUrl,
  portOnAllInterfaces,
  portsWithoutEffect,
  privilegeEscalationAllowed,
  privilegedHostPort,
  privilegedService,
  processesNotLimited,
  publishedDatabasePort,
  publishedPortNotServed,
  remoteControlPort,
  riskyCapabilityAdded,
  runtimeSocketMounted,
  secretFileMounted,
  secretInText,
  secretInVariable,
  securityProfileDisabled,
  sensitiveHostPath,
  serviceRunsAsRoot,
  sharedMountPropagation,
  sharedWritableVolume,
  swarmKeyWithoutEffect,
  tmpfsAllowsPrograms,
  undefinedResource,
  unknownBuildArgument,
  unknownDependency,
  unknownKey,
  unsetVariable,
  untaggedImage,
  untrustedRegistry,
  unusedResource,
  uselessCapability,
  writableHostSystemPath,
  writableRootFilesystem,
  yamlBooleanSpelling,
];
