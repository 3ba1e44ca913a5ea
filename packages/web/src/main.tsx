import { render } from 'preact'
import { followAddress } from './routing.ts'
import { Shell } from './shell/shell.tsx'
import { followWishes } from './wishes.ts'

followWishes()
followAddress()
const place = document.getElementById('page')
if (place) render(<Shell />, place)
