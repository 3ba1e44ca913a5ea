import { keptWishes, showWishes } from '../kept-wishes.ts'
import { hadSome } from '../queue/had-some.ts'
import { routeOf } from '../route-of.ts'

// It stands in the document itself and runs before anything of it is painted: colours, language and view are right at once.
showWishes(keptWishes())
const { view } = routeOf(location.hash)
document.documentElement.dataset['first'] = view === 'files' && hadSome() ? 'queue' : view
