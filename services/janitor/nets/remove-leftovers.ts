import type { JobView } from '@pdf-smaller/contracts'
import type { ObjectStore } from '@pdf-smaller/object-store'

/**
 * Removes what the attempts of a job that has ended had stored, but for what counts: workers that died could not do it.
 * @throws ObjectStoreError
 */
export async function removeLeftovers(
  objects: ObjectStore,
  { tenant, id, status, attempt }: Pick<JobView, 'tenant' | 'id' | 'status' | 'attempt'>,
): Promise<void> {
  const folder = `${tenant}/${id}`
  await objects.removePrefix(`${folder}/parts/`)
  if (status !== 'completed') return void (await objects.removePrefix(`${folder}/out/`))
  for (let lost = 1; lost < attempt; lost++) await objects.removePrefix(`${folder}/out/${lost}/`)
}
