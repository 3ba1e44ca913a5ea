import { answerAsSuspect } from '@pdf-smaller/worker'
import { tasks } from '../tasks.ts'

answerAsSuspect(tasks)
