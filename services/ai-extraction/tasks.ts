import type { Task } from '@pdf-smaller/task'
import { extractBankStatement } from './tasks/extract-bank-statement/task.ts'
import { extractInvoice } from './tasks/extract-invoice/task.ts'

/** The tasks of the ai-extraction domain. */
export const tasks: readonly Task[] = [extractBankStatement, extractInvoice]
