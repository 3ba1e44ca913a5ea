export {
  type EventAccounts,
  type Integrators,
  type IntegratorsOptions,
  type Made,
  type NewIntegrator,
  openIntegrators,
} from './integrators.ts'
export { hashOf, newPassword } from './password.ts'
export { consumerOf, type Integrator } from './record.ts'
export {
  accountOf,
  exportsOfServices,
  inboxPrefixOf,
  type IntegratorAccount,
  permissionsOf,
} from './server-config.ts'
