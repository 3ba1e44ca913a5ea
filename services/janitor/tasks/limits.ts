/** Maintenance is not tried again: the next tick does what was left (seconds). */
export const maintenanceLimits = { retries: 0, softSeconds: 1500, hardSeconds: 1800 } as const
