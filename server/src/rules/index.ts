// Made by `npm run generate`; one import and one line for each rule.
import addInsteadOfCopy from './add-instead-of-copy.js';
import apkCacheLeft from './apk-cache-left.js';
import aptGetInstallRecommends from './apt-get-install-recommends.js';
import aptGetInstallWithoutYes from './apt-get-install-without-yes.js';
import aptInsteadOfAptGet from './apt-instead-of-apt-get.js';
import aptListsLeft from './apt-lists-left.js';
import archiveCopiedThenExtracted from './archive-copied-then-extracted.js';
import asCasingDiffers from './as-casing-differs.js';
import buildToolsInFinalImage from './build-tools-in-final-image.js';
import consecutiveCopy from './consecutive-copy.js';
import constantPlatform from './constant-platform.js';
import copyFromOwnStage from './copy-from-own-stage.js';
import copyRootFilesystem from './copy-root-filesystem.js';
import copyTargetWithoutSlash from './copy-target-without-slash.js';
import copyToRelativeTarget from './copy-to-relative-target.js';
import dnfCacheLeft from './dnf-cache-left.js';
import dnfInstallWithoutYes from './dnf-install-without-yes.js';
import duplicateStageName from './duplicate-stage-name.js';
import emptyContinuationLine from './empty-continuation-line.js';
import envSelfReference from './env-self-reference.js';
import finalStageRunsAsRoot from './final-stage-runs-as-root.js';
import forbiddenOnbuildTrigger from './forbidden-onbuild-trigger.js';
import imageWithoutDigest from './image-without-digest.js';
import inconsistentKeywordCasing from './inconsistent-keyword-casing.js';
import instructionBeforeFrom from './instruction-before-from.js';
import invalidImageReference from './invalid-image-reference.js';
import latestTag from './latest-tag.js';
import misleadingDescription from './misleading-description.js';
import missingHealthcheck from './missing-healthcheck.js';
import nonNumericUser from './non-numeric-user.js';
import npmCacheLeft from './npm-cache-left.js';
import overriddenInstruction from './overridden-instruction.js';
import pipCacheLeft from './pip-cache-left.js';
import redundantTargetPlatform from './redundant-target-platform.js';
import remoteAddWithoutChecksum from './remote-add-without-checksum.js';
import reservedStageName from './reserved-stage-name.js';
import shReplaced from './sh-replaced.js';
import slimmerBaseAvailable from './slimmer-base-available.js';
import sudoInRun from './sudo-in-run.js';
import undefinedArgInFrom from './undefined-arg-in-from.js';
import undefinedVariable from './undefined-variable.js';
import unknownCopySource from './unknown-copy-source.js';
import unpinnedApkPackage from './unpinned-apk-package.js';
import unpinnedAptPackage from './unpinned-apt-package.js';
import unpinnedDnfPackage from './unpinned-dnf-package.js';
import unpinnedGem from './unpinned-gem.js';
import unpinnedGoPackage from './unpinned-go-package.js';
import unpinnedNpmPackage from './unpinned-npm-package.js';
import unpinnedPipPackage from './unpinned-pip-package.js';
import unpinnedYumPackage from './unpinned-yum-package.js';
import unpinnedZypperPackage from './unpinned-zypper-package.js';
import untaggedImage from './untagged-image.js';
import untrustedRegistry from './untrusted-registry.js';
import unusedArgument from './unused-argument.js';
import unusedStage from './unused-stage.js';
import updateWithoutInstall from './update-without-install.js';
import uppercaseStageName from './uppercase-stage-name.js';
import uselessCommand from './useless-command.js';
import uselessIgnore from './useless-ignore.js';
import useraddWithoutNoLogInit from './useradd-without-no-log-init.js';
import wgetAndCurl from './wget-and-curl.js';
import wgetProgress from './wget-progress.js';
import yarnCacheLeft from './yarn-cache-left.js';
import yumCacheLeft from './yum-cache-left.js';
import yumInstallWithoutYes from './yum-install-without-yes.js';
import zypperCacheLeft from './zypper-cache-left.js';
import zypperDistUpgrade from './zypper-dist-upgrade.js';
import zypperWithoutNonInteractive from './zypper-without-non-interactive.js';
import type { Rule } from './rule.js';

/** Every rule, sorted by id. */
export const RULES: readonly Rule[] = [
  addInsteadOfCopy,
  apkCacheLeft,
  aptGetInstallRecommends,
  aptGetInstallWithoutYes,
  aptInsteadOfAptGet,
  aptListsLeft,
  archiveCopiedThenExtracted,
  asCasingDiffers,
  buildToolsInFinalImage,
  consecutiveCopy,
  constantPlatform,
  copyFromOwnStage,
  copyRootFilesystem,
  copyTargetWithoutSlash,
  copyToRelativeTarget,
  dnfCacheLeft,
  dnfInstallWithoutYes,
  duplicateStageName,
  emptyContinuationLine,
  envSelfReference,
  finalStageRunsAsRoot,
  forbiddenOnbuildTrigger,
  imageWithoutDigest,
  inconsistentKeywordCasing,
  instructionBeforeFrom,
  invalidImageReference,
  latestTag,
  misleadingDescription,
  missingHealthcheck,
  nonNumericUser,
  npmCacheLeft,
  overriddenInstruction,
  pipCacheLeft,
  redundantTargetPlatform,
  remoteAddWithoutChecksum,
  reservedStageName,
  shReplaced,
  slimmerBaseAvailable,
  sudoInRun,
  undefinedArgInFrom,
  undefinedVariable,
  unknownCopySource,
  unpinnedApkPackage,
  unpinnedAptPackage,
  unpinnedDnfPackage,
  unpinnedGem,
  unpinnedGoPackage,
  unpinnedNpmPackage,
  unpinnedPipPackage,
  unpinnedYumPackage,
  unpinnedZypperPackage,
  untaggedImage,
  untrustedRegistry,
  unusedArgument,
  unusedStage,
  updateWithoutInstall,
  uppercaseStageName,
  uselessCommand,
  uselessIgnore,
  useraddWithoutNoLogInit,
  wgetAndCurl,
  wgetProgress,
  yarnCacheLeft,
  yumCacheLeft,
  yumInstallWithoutYes,
  zypperCacheLeft,
  zypperDistUpgrade,
  zypperWithoutNonInteractive,
];
