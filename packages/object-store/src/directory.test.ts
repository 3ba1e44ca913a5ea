import { describeContract } from '../testing/contract.ts'
import { directorySubject } from '../testing/directory-subject.ts'

describeContract(directorySubject)
