export { ApiKey, type KeyRing, openKeyRing } from './access/key-ring.ts'
export type { GatewayConfig, GatewayOptions } from './context.ts'
export { createGateway, type Gateway } from './gateway.ts'
export { type FrontDoor, takePort } from './http/front-door.ts'
