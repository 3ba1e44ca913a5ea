export { type DirectoryOptions, openDirectoryStore } from './directory.ts'
export { assertKey } from './key.ts'
export * from './port.ts'
