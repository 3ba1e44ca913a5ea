import { keptWishes, showWishes } from '../kept-wishes.ts'
import { hadSome } from '../queue/had-some.ts'
import { routeOf } from '../route-of.ts'
import { keptKey, keyIsToBeAsked } from '../kept-key.ts'
import { showBroken } from './broken.ts'
import { keepEarlyFiles } from './early.ts'

// It stands in the document itself and runs before anything of it is painted: colours, language and view are right at once.
showWishes(keptWishes())
const { view } = routeOf(location.hash)
document.documentElement.dataset['first'] = view === 'files' && hadSome() ? 'queue' : view
document.documentElement.toggleAttribute('data-without-key', keyIsToBeAsked(keptKey()))
keepEarlyFiles()
// A script that does not come, or what it imports, tells its element alone: it does not bubble.
addEventListener('error', ({ target }) => target instanceof HTMLScriptElement && showBroken(), true)
