/** For clients, which see nothing of core. */
export { fdbLines, linkDetails, nftLines, policyLines, settingLines } from '../core/state/extras.ts';
