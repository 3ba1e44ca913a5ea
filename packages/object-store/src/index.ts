export { type DirectoryOptions, openDirectoryStore } from './directory.ts'
export * from './port.ts'
