// Made by `npm run generate`; one import and one line for each rule.
import accountAlreadyExists from './account-already-exists.js';
import accountNotInImage from './account-not-in-image.js';
import addInsteadOfCopy from './add-instead-of-copy.js';
import apkCacheLeft from './apk-cache-left.js';
import aptGetInstallRecommends from './apt-get-install-recommends.js';
import aptGetInstallWithoutYes from './apt-get-install-without-yes.js';
import aptInsteadOfAptGet from './apt-instead-of-apt-get.js';
import aptListsLeft from './apt-lists-left.js';
import archiveCopiedThenExtracted from './archive-copied-then-extracted.js';
import asCasingDiffers from './as-casing-differs.js';
import binaryForOtherLibc from './binary-for-other-libc.js';
import buildToolsInFinalImage from './build-tools-in-final-image.js';
import cdInsteadOfWorkdir from './cd-instead-of-workdir.js';
import cleanupInLaterLayer from './cleanup-in-later-layer.js';
import commandIgnoredByEntrypoint from './command-ignored-by-entrypoint.js';
import commandNotInImage from './command-not-in-image.js';
import consecutiveCopy from './consecutive-copy.js';
import consecutiveRuns from './consecutive-runs.js';
import constantPlatform from './constant-platform.js';
import copyFromOwnStage from './copy-from-own-stage.js';
import copyIgnoredFile from './copy-ignored-file.js';
import copyRootFilesystem from './copy-root-filesystem.js';
import copySecretFile from './copy-secret-file.js';
import copyTargetWithoutSlash from './copy-target-without-slash.js';
import copyToRelativeTarget from './copy-to-relative-target.js';
import copyWholeContext from './copy-whole-context.js';
import debianFrontendInEnv from './debian-frontend-in-env.js';
import dnfCacheLeft from './dnf-cache-left.js';
import dnfInstallWithoutYes from './dnf-install-without-yes.js';
import dnfInstallsExtras from './dnf-installs-extras.js';
import duplicateStageName from './duplicate-stage-name.js';
import effectEndsWithRun from './effect-ends-with-run.js';
import emptyContinuationLine from './empty-continuation-line.js';
import emptyLabel from './empty-label.js';
import endOfLifeImage from './end-of-life-image.js';
import envSelfReference from './env-self-reference.js';
import execFormWithoutShell from './exec-form-without-shell.js';
import exposedHostPort from './exposed-host-port.js';
import exposedSshPort from './exposed-ssh-port.js';
import externallyManagedPython from './externally-managed-python.js';
import finalStageRunsAsRoot from './final-stage-runs-as-root.js';
import folderNotWritable from './folder-not-writable.js';
import forbiddenOnbuildTrigger from './forbidden-onbuild-trigger.js';
import heredocWithoutErrexit from './heredoc-without-errexit.js';
import ignoreComment from './ignore-comment.js';
import imageWithoutDigest from './image-without-digest.js';
import inconsistentKeywordCasing from './inconsistent-keyword-casing.js';
import instructionBeforeFrom from './instruction-before-from.js';
import interactiveToolsInFinalImage from './interactive-tools-in-final-image.js';
import invalidAccountCommand from './invalid-account-command.js';
import invalidImageReference from './invalid-image-reference.js';
import invalidJsonForm from './invalid-json-form.js';
import invalidLabelKey from './invalid-label-key.js';
import invalidLabelValue from './invalid-label-value.js';
import invalidPort from './invalid-port.js';
import latestTag from './latest-tag.js';
import leakyBuildContext from './leaky-build-context.js';
import legacyKeyValue from './legacy-key-value.js';
import listensOnLoopback from './listens-on-loopback.js';
import logIntoFile from './log-into-file.js';
import maintainerInstruction from './maintainer-instruction.js';
import misleadingDescription from './misleading-description.js';
import missingCaCertificates from './missing-ca-certificates.js';
import missingHealthcheck from './missing-healthcheck.js';
import missingLabel from './missing-label.js';
import missingOciLabels from './missing-oci-labels.js';
import nonNumericUser from './non-numeric-user.js';
import npmCacheLeft from './npm-cache-left.js';
import npmInstallInsteadOfCi from './npm-install-instead-of-ci.js';
import overriddenInstruction from './overridden-instruction.js';
import packageUpgrade from './package-upgrade.js';
import passwordInCommand from './password-in-command.js';
import permissionsInExtraLayer from './permissions-in-extra-layer.js';
import pipCacheLeft from './pip-cache-left.js';
import pipeToShell from './pipe-to-shell.js';
import pipeWithoutPipefail from './pipe-without-pipefail.js';
import pipefailNotSupported from './pipefail-not-supported.js';
import platformArgumentDefault from './platform-argument-default.js';
import protocolCasing from './protocol-casing.js';
import redundantTargetPlatform from './redundant-target-platform.js';
import relativeWorkdir from './relative-workdir.js';
import remoteAddWithoutChecksum from './remote-add-without-checksum.js';
import reservedStageName from './reserved-stage-name.js';
import rootCommandAsUser from './root-command-as-user.js';
import type { Rule } from './rule.js';
import secretInText from './secret-in-text.js';
import secretInVariable from './secret-in-variable.js';
import setuidBit from './setuid-bit.js';
import severalProcesses from './several-processes.js';
import shReplaced from './sh-replaced.js';
import shellFormCommand from './shell-form-command.js';
import shellNotInImage from './shell-not-in-image.js';
import shellWithoutCommandOption from './shell-without-command-option.js';
import slimmerBaseAvailable from './slimmer-base-available.js';
import sourceNotInContext from './source-not-in-context.js';
import startCommandInBackground from './start-command-in-background.js';
import startCommandNotInImage from './start-command-not-in-image.js';
import startScriptCannotRun from './start-script-cannot-run.js';
import stopSignalDoesNotStop from './stop-signal-does-not-stop.js';
import sudoInRun from './sudo-in-run.js';
import swallowedInstruction from './swallowed-instruction.js';
import syntaxError from './syntax-error.js';
import syntaxVersionTooOld from './syntax-version-too-old.js';
import tagDoesNotExist from './tag-does-not-exist.js';
import tildeNotExpanded from './tilde-not-expanded.js';
import trailingComment from './trailing-comment.js';
import undefinedArgInFrom from './undefined-arg-in-from.js';
import undefinedVariable from './undefined-variable.js';
import unexpectedLabel from './unexpected-label.js';
import unknownCopySource from './unknown-copy-source.js';
import unpinnedApkPackage from './unpinned-apk-package.js';
import unpinnedAptPackage from './unpinned-apt-package.js';
import unpinnedDnfPackage from './unpinned-dnf-package.js';
import unpinnedGem from './unpinned-gem.js';
import unpinnedGoPackage from './unpinned-go-package.js';
import unpinnedNpmPackage from './unpinned-npm-package.js';
import unpinnedPackage from './unpinned-package.js';
import unpinnedPipPackage from './unpinned-pip-package.js';
import unpinnedYumPackage from './unpinned-yum-package.js';
import unpinnedZypperPackage from './unpinned-zypper-package.js';
import unreadableDownload from './unreadable-download.js';
import untaggedImage from './untagged-image.js';
import untrustedRegistry from './untrusted-registry.js';
import unusedArgument from './unused-argument.js';
import unusedStage from './unused-stage.js';
import updateWithoutInstall from './update-without-install.js';
import uppercaseStageName from './uppercase-stage-name.js';
import uselessCommand from './useless-command.js';
import uselessIgnore from './useless-ignore.js';
import useraddWithoutNoLogInit from './useradd-without-no-log-init.js';
import verificationDisabled from './verification-disabled.js';
import wgetAndCurl from './wget-and-curl.js';
import wgetProgress from './wget-progress.js';
import worldWritable from './world-writable.js';
import yarnCacheLeft from './yarn-cache-left.js';
import yumCacheLeft from './yum-cache-left.js';
import yumInstallWithoutYes from './yum-install-without-yes.js';
import zypperCacheLeft from './zypper-cache-left.js';
import zypperDistUpgrade from './zypper-dist-upgrade.js';
import zypperWithoutNonInteractive from './zypper-without-non-interactive.js';

/** Every rule about Dockerfiles, sorted by id. */
export const RULES: readonly Rule[] = [
  accountAlreadyExists,
  accountNotInImage,
  addInsteadOfCopy,
  apkCacheLeft,
  aptGetInstallRecommends,
  aptGetInstallWithoutYes,
  aptInsteadOfAptGet,
  aptListsLeft,
  archiveCopiedThenExtracted,
  asCasingDiffers,
  binaryForOtherLibc,
  buildToolsInFinalImage,
  cdInsteadOfWorkdir,
  cleanupInLaterLayer,
  commandIgnoredByEntrypoint,
  commandNotInImage,
  consecutiveCopy,
  consecutiveRuns,
  constantPlatform,
  copyFromOwnStage,
  copyIgnoredFile,
  copyRootFilesystem,
  copySecretFile,
  copyTargetWithoutSlash,
  copyToRelativeTarget,
  copyWholeContext,
  debianFrontendInEnv,
  dnfCacheLeft,
  dnfInstallWithoutYes,
  dnfInstallsExtras,
  duplicateStageName,
  effectEndsWithRun,
  emptyContinuationLine,
  emptyLabel,
  endOfLifeImage,
  envSelfReference,
  execFormWithoutShell,
  exposedHostPort,
  exposedSshPort,
  externallyManagedPython,
  finalStageRunsAsRoot,
  folderNotWritable,
  forbiddenOnbuildTrigger,
  heredocWithoutErrexit,
  ignoreComment,
  imageWithoutDigest,
  inconsistentKeywordCasing,
  instructionBeforeFrom,
  interactiveToolsInFinalImage,
  invalidAccountCommand,
  invalidImageReference,
  invalidJsonForm,
  invalidLabelKey,
  invalidLabelValue,
  invalidPort,
  latestTag,
  leakyBuildContext,
  legacyKeyValue,
  listensOnLoopback,
  logIntoFile,
  maintainerInstruction,
  misleadingDescription,
  missingCaCertificates,
  missingHealthcheck,
  missingLabel,
  missingOciLabels,
  nonNumericUser,
  npmCacheLeft,
  npmInstallInsteadOfCi,
  overriddenInstruction,
  packageUpgrade,
  passwordInCommand,
  permissionsInExtraLayer,
  pipCacheLeft,
  pipeToShell,
  pipeWithoutPipefail,
  pipefailNotSupported,
  platformArgumentDefault,
  protocolCasing,
  redundantTargetPlatform,
  relativeWorkdir,
  remoteAddWithoutChecksum,
  reservedStageName,
  rootCommandAsUser,
  secretInText,
  secretInVariable,
  setuidBit,
  severalProcesses,
  shReplaced,
  shellFormCommand,
  shellNotInImage,
  shellWithoutCommandOption,
  slimmerBaseAvailable,
  sourceNotInContext,
  startCommandInBackground,
  startCommandNotInImage,
  startScriptCannotRun,
  stopSignalDoesNotStop,
  sudoInRun,
  swallowedInstruction,
  syntaxError,
  syntaxVersionTooOld,
  tagDoesNotExist,
  tildeNotExpanded,
  trailingComment,
  undefinedArgInFrom,
  undefinedVariable,
  unexpectedLabel,
  unknownCopySource,
  unpinnedApkPackage,
  unpinnedAptPackage,
  unpinnedDnfPackage,
  unpinnedGem,
  unpinnedGoPackage,
  unpinnedNpmPackage,
  unpinnedPackage,
  unpinnedPipPackage,
  unpinnedYumPackage,
  unpinnedZypperPackage,
  unreadableDownload,
  untaggedImage,
  untrustedRegistry,
  unusedArgument,
  unusedStage,
  updateWithoutInstall,
  uppercaseStageName,
  uselessCommand,
  uselessIgnore,
  useraddWithoutNoLogInit,
  verificationDisabled,
  wgetAndCurl,
  wgetProgress,
  worldWritable,
  yarnCacheLeft,
  yumCacheLeft,
  yumInstallWithoutYes,
  zypperCacheLeft,
  zypperDistUpgrade,
  zypperWithoutNonInteractive,
];
