// Made by `npm run generate`; one import and one line for each rule.
import type { ComposeRule } from '../rule.js';
import capabilitiesNotDropped from './capabilities-not-dropped.js';
import hostCapabilityAdded from './host-capability-added.js';
import hostCgroup from './host-cgroup.js';
import hostIpcNamespace from './host-ipc-namespace.js';
import hostNetwork from './host-network.js';
import hostProcessNamespace from './host-process-namespace.js';
import hostUserNamespace from './host-user-namespace.js';
import hostUtsNamespace from './host-uts-namespace.js';
import privilegeEscalationAllowed from './privilege-escalation-allowed.js';
import privilegedService from './privileged-service.js';
import riskyCapabilityAdded from './risky-capability-added.js';
import securityProfileDisabled from './security-profile-disabled.js';
import uselessCapability from './useless-capability.js';

/** Every rule about Compose files, sorted by id. */
export const COMPOSE_RULES: readonly ComposeRule[] = [
  capabilitiesNotDropped,
  hostCapabilityAdded,
  hostCgroup,
  hostIpcNamespace,
  hostNetwork,
  hostProcessNamespace,
  hostUserNamespace,
  hostUtsNamespace,
  privilegeEscalationAllowed,
  privilegedService,
  riskyCapabilityAdded,
  securityProfileDisabled,
  uselessCapability,
];
