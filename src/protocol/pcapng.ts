export { interfaceBlock, joined, packetBlock, sectionHeader } from '../core/path/pcapng.ts';
