import { readStatement } from '../rules/statement/read-statement.ts'
import type { Engine } from './engine.ts'
