import { accounts } from './accounts';
import { dna } from './dna';
import { forms } from './forms';
import { health } from './health';
import { rights } from './rights';
import { treaty } from './treaty';
import { work } from './work';

export const words = { ...accounts, ...dna, ...forms, ...health, ...rights, ...treaty, ...work };
