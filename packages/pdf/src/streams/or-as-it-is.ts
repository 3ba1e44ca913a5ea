import { JobFailure } from '@pdf-smaller/contracts'

/** What cannot be read stays as it is: a viewer may make more of it. Bugs are no damage of the file. */
export async function orAsItIs<T>(make: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof JobFailure || error instanceof TypeError || error instanceof ReferenceError)
      throw error
    return undefined
  }
}
