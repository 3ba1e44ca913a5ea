import { answerAsSuspect } from '../src/index.ts'
import { testTasks } from './tasks.ts'

answerAsSuspect(testTasks)
