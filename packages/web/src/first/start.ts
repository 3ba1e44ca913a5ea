import { keptWishes } from '../kept-wishes.ts'
import { loadTexts } from '../texts/loaded.ts'
import { showBroken } from './broken.ts'

/** Where no picture is drawn, as in tabs that nobody sees, it is not waited for longer, ms. */
const longestWait = 100

/** What stands in the document is painted before anything else is drawn. */
const painted = new Promise<void>((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve))
  setTimeout(resolve, longestWait)
})

try {
  const [{ start }] = await Promise.all([import('../main.tsx'), loadTexts(keptWishes().language), painted])
  start()
} catch {
  // The server has gone, or has another release by now, with other files.
  showBroken()
}
