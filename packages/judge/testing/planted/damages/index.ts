import { belongingDamages } from './belongings.ts'
import { documentDamages, lockedReport } from './document.ts'
import { pageDamages } from './pages.ts'
import { pictureDamages } from './pictures.ts'
import { textDamages } from './text.ts'

export { lockedReport }

/** All that is planted, each in a document of its own. */
export const damages = [
  ...textDamages,
  ...pictureDamages,
  ...belongingDamages,
  ...documentDamages,
  ...pageDamages,
]
