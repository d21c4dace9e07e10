import { accounts_first } from './accounts';
import { claims_first } from './claims_first';
import { day_first } from './day_first';
import { desk } from './desk';
import { law } from './law';
import { rights_first } from './rights_first';
import { work_first } from './work_first';

export const words = { ...accounts_first, ...claims_first, ...day_first, ...desk, ...law, ...rights_first, ...work_first };
