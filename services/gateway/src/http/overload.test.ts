import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openLoadShedding } from './overload.ts'

/** Nothing else happens in this process for longer than a measurement counts. */
const standStill = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200)

it('refuses more where a process is late again and again, and not because it once stood still', async () => {
  const load = openLoadShedding(200)
  standStill()
  await wait(0)
  expect(load.takeMore).not.toThrow()
  const refuses = () => {
    standStill()
    try {
      load.takeMore()
      return 'takes more'
    } catch (error) {
      return error
    }
  }
  await expect.poll(refuses).toMatchObject({ code: 'overloaded' })
  load.close()
})

it('refuses more where each turn takes longer than a measurement counts', async () => {
  const load = openLoadShedding(1000)
  for (let turns = 0; turns < 4; turns++) {
    standStill()
    await turn()
  }
  expect(load.takeMore).toThrow()
  load.close()
})
