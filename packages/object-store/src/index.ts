export { type DirectoryOptions, openDirectoryStore } from './directory.ts'
export { assertKey } from './key.ts'
export * from './port.ts'
export { openS3Store, type S3Options } from './s3.ts'
