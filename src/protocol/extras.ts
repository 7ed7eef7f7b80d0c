/** For clients, which see nothing of core. */
export { difference } from '../core/state/difference.ts';
export {
  fdbLines,
  ipsecLines,
  linkDetails,
  nftLines,
  policyLines,
  settingLines,
} from '../core/state/extras.ts';
