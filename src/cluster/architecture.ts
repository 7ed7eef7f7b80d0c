/** This processor, by the name that Go, container images and Debian have for it. */
export const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
