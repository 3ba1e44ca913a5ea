import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that this program stands in. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** The whole system, and what tells of the machine that it would run on; each in a process of its own. */
export const systemProgram = path.join(root, 'services/all/src/main.ts')
export const needsProgram = path.join(root, 'services/all/src/needs.ts')
export const setUpProgram = path.join(root, 'scripts/setup.mjs')
