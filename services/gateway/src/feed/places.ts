import { JobFailure } from '@pdf-smaller/contracts'

/** How many feeds of each tenant are open in this process. */
export type Places = {
  /** @returns gives the place back. @throws JobFailure too_many_followers */
  take: (tenant: string) => () => void
}

export function openPlaces(most: number): Places {
  const taken = new Map<string, number>()
  return {
    take: (tenant) => {
      const others = taken.get(tenant) ?? 0
      if (others >= most) throw new JobFailure('too_many_followers', `${most} are open at this gateway`)
      taken.set(tenant, others + 1)
      return () => {
        const left = (taken.get(tenant) ?? 1) - 1
        if (left > 0) taken.set(tenant, left)
        else taken.delete(tenant)
      }
    },
  }
}
