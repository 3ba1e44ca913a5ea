export * from './config.ts'
export * from './connect.ts'
export * from './data-lock.ts'
export * from './derived-id.ts'
export * from './in-time.ts'
export * from './integrators/index.ts'
export {
  durableOf,
  edition,
  ensureStreams,
  neededStream,
  type StreamSettings,
  systemLayout,
} from './layout.ts'
export * from './llm.ts'
export * from './log.ts'
export * from './metrics.ts'
export { natsAccess, toldServers } from './nats-access.ts'
export * from './objects.ts'
export * from './own-key.ts'
export * from './places.ts'
export * from './presence.ts'
export { settingNames } from './setting-names.ts'
export * from './shutdown.ts'
export { AlreadyRuns, exitCodes, StartError, startOrTell } from './start.ts'
export * from './traces/index.ts'
export * from './command.ts'
export * from './ops-server.ts'
