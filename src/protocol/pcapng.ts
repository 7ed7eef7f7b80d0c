export { interfaceBlock, joined, packetBlock, sectionHeader } from '../core/pcapng.ts';
