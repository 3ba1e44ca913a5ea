import { keptWishes, showWishes } from '../kept-wishes.ts'
import { routeOf } from '../route-of.ts'

// It stands in the document itself and runs before anything of it is painted: colours, language and view are right at once.
showWishes(keptWishes())
document.documentElement.dataset['first'] = routeOf(location.hash).view
